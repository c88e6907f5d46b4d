public import Diagnostics
import FEEL

/// A pack together with the packs it uses, read and ready to evaluate. Immutable; share it freely.
public struct Rulebook: Sendable {
  public let main: Pack
  public let used: [Pack]
  public let dictionary: DataDictionary
  /// Versions of each decision and function, by name.
  package let decisions: [String: [PolicyDecision]]
  package let parametersByName: [String: [Parameter]]

  public var packs: [Pack] { [main] + used }

  /// The record type that check-ups are for.
  public var subjectType: RecordType? { dictionary.types.first { $0.role == .subject } }

  /// Benefits and titles, those of the main pack first.
  public let schemes: [Scheme]
  public let parameters: [Parameter]
  /// The versions of each scheme, the schemes in the order of their first.
  package let schemeVersions: [[Scheme]]
  /// For each scheme, those that one subject cannot have beside it.
  package let rivals: [String: Set<String>]
  /// The files of the main pack.
  let ownFiles: Set<String>
  public let examples: [Example]
  public let declarations: [Declaration]

  /// All versions of all decisions and functions, in the order of the packs.
  public var allDecisions: [PolicyDecision] {
    constructs.compactMap { if case .decision(let decision) = $0 { decision } else { nil } }
  }

  public func versions(ofDecision name: String) -> [PolicyDecision] { decisions[name] ?? [] }

  private let constructs: [Construct]

  /// Reads a pack. Problems of form are collected; what could be read is in the rulebook.
  public static func read(_ main: PackSource, using used: [PackSource] = []) -> (Rulebook, [Diagnostic]) {
    var reader = PackReader()
    let raw = ([main] + used).map { reader.read($0) }
    var dictionaryReader = DictionaryReader()
    for pack in raw.reversed() { dictionaryReader.add(pack.records) }
    dictionaryReader.close()
    let dictionary = dictionaryReader.dictionary
    var compiler = PackCompiler(dictionary: dictionary, names: KnownNames(of: raw, dictionary))
    let packs = raw.map { compiler.pack($0) }
    let rulebook = Rulebook(packs: packs, dictionary: dictionary, ownFiles: Set(main.files.map(\.path)))
    var found = reader.diagnostics + dictionaryReader.diagnostics + compiler.diagnostics
    found += missingPacks(raw)
    found += rulebook.check()
    return (rulebook, found.sorted().uniqued())
  }

  private static func missingPacks(_ raw: [RawPack]) -> [Diagnostic] {
    let ids = raw.map(\.id)
    return raw.flatMap { pack in
      pack.uses.filter { !ids.contains($0.pack) }.map {
        Diagnostic("policy.uses.missing", at: pack.usesPlace, ["pack": $0.pack])
      }
    }
  }

  private init(packs: [Pack], dictionary: DataDictionary, ownFiles: Set<String>) {
    self.ownFiles = ownFiles
    main = packs[0]
    used = Array(packs.dropFirst())
    self.dictionary = dictionary
    let constructs = packs.flatMap { $0.documents.flatMap { $0.sections.flatMap(\.constructs) } }
    var decisions: [String: [PolicyDecision]] = [:]
    var parameters: [String: [Parameter]] = [:]
    for construct in constructs {
      if case .decision(let decision) = construct { decisions[decision.name, default: []].append(decision) }
      if case .parameter(let parameter) = construct { parameters[parameter.name, default: []].append(parameter) }
    }
    self.constructs = constructs
    self.decisions = decisions
    parametersByName = parameters
    schemes = constructs.compactMap { if case .scheme(let scheme) = $0 { scheme } else { nil } }
    let versions = Swift.Dictionary(grouping: schemes, by: \.name)
    schemeVersions = schemes.map(\.name).uniqued().compactMap { versions[$0] }
    rivals = schemes.rivals
    self.parameters = constructs.compactMap { if case .parameter(let parameter) = $0 { parameter } else { nil } }
    declarations = constructs.compactMap { if case .declaration(let value) = $0 { value } else { nil } }
    examples = constructs.compactMap { if case .example(let example) = $0 { example } else { nil } }
  }
}

extension PackSource {
  /// The ids under `uses` in a manifest, so that a host can bring those packs along.
  public static func usedPacks(ofManifest text: String) -> [String] {
    (FrontMatter(text, file: manifestName, lineOffset: 0).entries["uses"]?.maps ?? []).compactMap { $0["pack"] }
  }
}

extension KnownNames {
  /// Every name an expression of these packs may meet.
  init(of packs: [RawPack], _ dictionary: DataDictionary) {
    self.init()
    let keywords = Keywords.shared
    for type in dictionary.types {
      insert(type.name)
      for field in type.fields {
        insert(field.name)
        insert(member: field.name)
        if let reverse = field.reverse {
          insert(reverse)
          insert(member: reverse)
        }
      }
    }
    for constant in keywords.ids(as: .constant) {
      for language in Language.allCases { insert(keywords.word(constant, as: .constant, in: language)) }
    }
    insert(keywords.word("as-of", as: .word))
    for pack in packs {
      pack.forEachConstruct { construct, _, _ in
        guard ["decision", "function", "parameter"].contains(construct.keyword) else { return }
        insert(construct.name.text)
        for name in construct.formalNames { insert(name) }
        for name in construct.outputNames { insert(member: name) }
      }
    }
  }
}

extension RawConstruct {
  /// The parameter names of a function.
  fileprivate var formalNames: [String] {
    guard keyword == "function", let value = fields.value("parameters") else { return [] }
    return value.raw.split(separator: "、").map { part in
      String(part.trimmed.prefix { $0 != "（" && $0 != "(" })
    }
  }

  /// The entries of a table's results when it has several outputs.
  fileprivate var outputNames: [String] {
    guard let table = tables.first, let marker = table.rows.first else { return [] }
    return zip(table.header, marker).filter { $0.1.text.lowercased().hasPrefix("o") }.map { HeaderCell($0.0.text).name }
  }
}

extension Array where Element: Hashable {
  /// Without repetitions, in the order of first appearance.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
