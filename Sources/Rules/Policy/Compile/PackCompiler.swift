import Diagnostics
import FEEL

/// Turns raw packs into packs: reads every expression with the names of all packs at hand.
/// Collects every problem and goes on; a construct that cannot be read is left out.
struct PackCompiler {
  var diagnostics: [Diagnostic] = []
  let dictionary: DataDictionary
  let names: KnownNames
  let keywords = Keywords.shared
  private var packID = ""

  init(dictionary: DataDictionary, names: KnownNames) {
    self.dictionary = dictionary
    self.names = names
  }

  mutating func pack(_ raw: RawPack) -> Pack {
    packID = raw.id
    let documents = raw.documents.map { document($0.raw, $0.front) }
    return Pack(
      id: raw.id, title: raw.title, jurisdiction: raw.jurisdiction, version: raw.version, uses: raw.uses,
      isShared: raw.isShared, documents: documents)
  }

  private mutating func document(_ raw: RawDocument, _ front: PolicyDocument) -> PolicyDocument {
    var document = front
    var clause: RawSection?
    document.sections = raw.sections.map { section in
      if section.fields["clause"] != nil { clause = section }
      return self.section(section, in: front, clause: section.fields["clause"] != nil ? section : clause)
    }
    return document
  }

  private mutating func section(_ raw: RawSection, in document: PolicyDocument, clause: RawSection?) -> Section {
    let fields = raw.fields
    for entry in fields.entries where !Self.sectionFields.contains(entry.id) {
      report(
        "policy.field.not-here", entry.word.place,
        [
          "field": entry.word.text, "construct": keywords.word("clause", as: .field),
          "near": Self.sectionFields.map { keywords.word($0, as: .field) }.joined(separator: "、"),
        ])
    }
    let citation = Citation(
      pack: packID, document: document.id, documentTitle: document.title, clause: clause?.fields.value("clause")?.raw,
      heading: clause?.heading.text ?? raw.heading.text)
    return Section(
      heading: raw.heading.text, level: raw.level, clause: fields.value("clause")?.raw,
      clausePlace: fields.value("clause")?.place ?? raw.heading.place, lead: fields.names("lead"),
      responsible: fields.names("responsible"), mentions: fields.mentions("lead") + fields.mentions("responsible"),
      refs: fields.names("refs"),
      notComputable: fields.value("not-computable")?.raw, note: fields.value("note")?.raw, prose: raw.prose,
      constructs: raw.constructs.compactMap { construct($0, Surroundings(document: document, citation: citation)) },
      place: raw.heading.place)
  }

  private static let sectionFields = ["clause", "lead", "responsible", "refs", "not-computable", "note"]

  /// What a construct takes from where it stands.
  struct Surroundings {
    var document: PolicyDocument
    var citation: Citation
  }

  private mutating func construct(_ raw: RawConstruct, _ around: Surroundings) -> Construct? {
    if raw.keyword != "example" { diagnostics += raw.name.diagnosticsAsName }
    switch raw.keyword {
    case "record": return nil
    case "decision", "function": return decision(raw, around).map(Construct.decision)
    case "parameter": return parameter(raw, around).map(Construct.parameter)
    case "benefit": return scheme(raw, .benefit, around).map(Construct.scheme)
    case "title": return scheme(raw, .title, around).map(Construct.scheme)
    case "example": return .example(example(raw, around))
    default: return .declaration(declaration(raw, around))
    }
  }

  // MARK: what several constructs share

  mutating func report(
    _ code: String, _ place: SourcePlace, _ arguments: [String: String] = [:],
    severity: Diagnostic.Severity = .error
  ) {
    diagnostics.append(Diagnostic(code, severity, at: place, arguments))
  }

  mutating func expression(_ text: String, at place: SourcePlace) -> Expression? {
    do {
      return try Expression(parsing: text, names: names, at: place)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  mutating func expression(_ field: String, of raw: RawConstruct) -> Expression? {
    guard let value = raw.fields.value(field) else { return nil }
    return expression(value.text, at: value.place)
  }

  mutating func unaryTests(_ text: String, at place: SourcePlace) -> UnaryTests? {
    do {
      return try UnaryTests(parsing: text, names: names, at: place)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  mutating func allow(_ ids: [String], in raw: RawConstruct) {
    diagnostics += raw.diagnosticsOfFields(notIn: ids)
  }

  /// A construct's own in-force interval, or its document's.
  mutating func inForce(_ raw: RawConstruct, _ around: Surroundings) -> Period {
    guard let value = raw.fields.value("in-force") else { return around.document.inForce }
    if let period = Period(value.text) { return period }
    report("policy.period.form", value.place, ["text": value.text])
    return around.document.inForce
  }

  /// The record type of `对象`, checked.
  mutating func about(_ raw: RawConstruct) -> String? {
    guard let value = raw.fields.value("about") else { return nil }
    if dictionary[value.text] != nil { return value.text }
    let near = nearWord(to: value.text, among: dictionary.types.map(\.name)) ?? "—"
    report("policy.record.unknown", value.place, ["record": value.text, "near": near])
    return nil
  }

  /// `数（元）`, `文本`, or the name of a record type.
  mutating func valueType(_ text: String, at place: SourcePlace) -> ValueType? {
    let header = HeaderCell(text)
    if let kind = keywords.id(of: header.name, as: .type).flatMap(ValueType.Kind.init) {
      return ValueType(kind, unit: header.unit.flatMap(Unit.named))
    }
    if dictionary[header.name] != nil { return ValueType(.reference, record: header.name) }
    let near = nearWord(to: header.name, among: keywords.words(as: .type)) ?? "—"
    report("policy.type.unknown", place, ["type": text, "near": near])
    return nil
  }

  /// An identifier field, checked.
  mutating func identifier(_ raw: RawConstruct) -> String? {
    guard let value = raw.fields.value("id") else { return nil }
    if !value.text.isIdentifier { report("policy.id.form", value.place, ["id": value.text]) }
    return value.text
  }

  func details(_ raw: RawConstruct, _ ids: [String]) -> [Scheme.Detail] {
    ids.compactMap { id in
      raw.fields[id].map { Scheme.Detail(field: id, values: $0.values.map(\.raw)) }
    }
  }
}
