public import Diagnostics

/// One construct that carries one id of `关联`: which part of the pack stands for the system, and how far it goes.
public struct SystemReference: Sendable {
  /// How far a part of the pack goes.
  public enum State: String, Sendable, CaseIterable {
    /// Written down and checked.
    case declared
    /// Evaluated: it gives a verdict, a value or an amount.
    case decides
    /// Carried out, with people and money. No primitive does that yet.
    case runs
  }

  /// As written: `S100`.
  public var id: String
  /// The keyword id of the construct; `clause` when only the clause itself carries the id.
  public var kind: String
  /// The construct's name, or the clause's heading.
  public var name: String
  /// nil for a clause.
  public var primitive: Primitive?
  public var state: State
  public var citation: Citation
  public var place: SourcePlace

  /// The letters the id begins with: `S`.
  public var prefix: String { String(id.prefix { !$0.isNumber }) }

  /// The construct's keyword in a language: 待遇, benefit.
  public func kindText(in language: Language) -> String {
    Keywords.shared.word(kind, as: kind == Self.clause ? .field : .construct, in: language)
  }

  static let clause = "clause"

  fileprivate var order: (String, Int) { (prefix, Int(id.dropFirst(prefix.count)) ?? 0) }
}

extension Pack {
  /// Every id of letters and digits that a construct carries under 关联, by prefix and number. A clause's own ids count
  /// only where no construct of the pack carries them. Examples prove something and carry nothing.
  public var systemReferences: [SystemReference] {
    let sections = documents.flatMap(\.sections)
    let carried = sections.flatMap { $0.constructs.flatMap(\.systemReferences) }
    let ids = Set(carried.map(\.id))
    let bare = sections.flatMap { section in
      section.refs.filter { $0.isSystemID && !ids.contains($0) }.map { id in
        SystemReference(
          id: id, kind: SystemReference.clause, name: section.heading, primitive: nil, state: .declared,
          citation: citation(of: section), place: section.place)
      }
    }
    return (carried + bare).enumerated().sorted { a, b in
      a.element.order == b.element.order ? a.offset < b.offset : a.element.order < b.element.order
    }.map(\.element)
  }

  private func citation(of section: Section) -> Citation {
    let document = documents.first { $0.place.file == section.place.file }
    return Citation(
      pack: id, document: document?.id ?? "", documentTitle: document?.title ?? "", clause: section.clause,
      heading: section.heading)
  }
}

extension Construct {
  /// The keyword id: `decision`, `benefit`, `list` …
  public var kind: String {
    switch self {
    case .decision(let decision): decision.isFunction ? "function" : "decision"
    case .parameter: "parameter"
    case .scheme(let scheme): scheme.kind.rawValue
    case .declaration(let declaration): declaration.kind
    case .example: "example"
    }
  }

  fileprivate var systemReferences: [SystemReference] {
    guard let row = PrimitiveTable.shared.rows[kind], let (refs, citation, place) = carrying else { return [] }
    return refs.uniqued().filter(\.isSystemID).map { id in
      SystemReference(
        id: id, kind: kind, name: name, primitive: row.primitive, state: row.decides ? .decides : .declared,
        citation: citation, place: place)
    }
  }

  private var carrying: (refs: [String], citation: Citation, place: SourcePlace)? {
    switch self {
    case .decision(let decision): (decision.refs, decision.citation, decision.place)
    case .parameter(let parameter): (parameter.refs, parameter.citation, parameter.place)
    case .scheme(let scheme): (scheme.refs, scheme.citation, scheme.place)
    case .declaration(let declaration): (declaration.refs, declaration.citation, declaration.place)
    case .example: nil
    }
  }
}

extension String {
  /// ASCII letters, then ASCII digits.
  fileprivate var isSystemID: Bool {
    let letters = prefix { $0.isASCII && $0.isLetter }, digits = dropFirst(letters.count)
    return !letters.isEmpty && !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
  }
}
