import Diagnostics

/// Reads `记录` constructs into record types (docs/pack-format.md §3).
struct DictionaryReader {
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var dictionary = DataDictionary()
  private let keywords = Keywords.shared
  /// Where the key, display, owner, division and role of each record are written.
  private var roles: [String: [String: SourcePlace]] = [:]
  /// Where the type of each field is written, by the place of its name.
  private var typeCells: [SourcePlace: SourcePlace] = [:]

  mutating func add(_ constructs: [RawConstruct]) {
    for construct in constructs { add(construct) }
  }

  /// Call when all types are known: references must lead somewhere, keys and owners must be fields.
  mutating func close() {
    dictionary.close()
    for type in dictionary.types {
      let names = type.fields.map(\.name)
      let places = roles[type.name] ?? [:]
      let named = [("key", type.key), ("display", type.display), ("owner", type.owner), ("division", type.division)]
      for (id, name) in named {
        if let name { check(name, isOneOf: names, "policy.record.\(id)", places[id] ?? type.place) }
      }
      checkReferences(of: type, places["role"] ?? type.place)
      for field in type.fields {
        guard let record = field.type.record, dictionary[record] == nil else { continue }
        let near = nearWord(to: record, among: dictionary.types.map(\.name) + keywords.words(as: .type)) ?? "—"
        report("policy.type.unknown", typeCells[field.place] ?? field.place, ["type": record, "near": near])
      }
    }
  }

  /// A relation leads from somebody to somebody, a link to its chain.
  private mutating func checkReferences(of type: RecordType, _ place: SourcePlace) {
    switch type.role {
    case .relation, .succession:
      if type.ends == nil { report("policy.record.relation", place, ["record": type.name]) }
    case .link:
      if type.references.isEmpty { report("policy.record.link", place, ["record": type.name]) }
    default: break
    }
  }

  private mutating func add(_ construct: RawConstruct) {
    allow(["id", "key", "display", "owner", "division", "role", "purpose", "note", "refs"], in: construct)
    checkName(construct.name)
    let known = dictionary[construct.name.text]
    for id in ["key", "display", "owner", "division", "role"] {
      if let place = construct.fields.value(id)?.place { roles[construct.name.text, default: [:]][id] = place }
    }
    guard let table = construct.tables.first else {
      report("policy.record.table", construct.place, ["record": construct.name.text])
      return
    }
    var fields = fields(table)
    for field in fields where known?.field(named: field.name) != nil {
      report("policy.field.redefined", field.place, ["field": field.name, "record": construct.name.text])
    }
    fields = withoutDuplicates(fields, in: construct.name.text)
    let id = construct.fields.text("id") ?? known?.id ?? ""
    if id.isEmpty || !id.isIdentifier { report("policy.id.form", construct.place, ["id": id]) }
    let role = role(construct)
    dictionary.add(
      RecordType(
        name: construct.name.text, id: id, key: construct.fields.text("key") ?? known?.key ?? fields.first?.name ?? "",
        display: construct.fields.text("display"), owner: construct.fields.text("owner"),
        division: construct.fields.text("division"), role: role, note: construct.fields.text("note"), fields: fields,
        place: construct.place, isForRegistry: isForRegistry(construct, role)))
  }

  private mutating func role(_ construct: RawConstruct) -> RecordType.Role? {
    guard let value = construct.fields.value("role") else { return nil }
    if let id = keywords.id(of: value.text, as: .role) { return RecordType.Role(rawValue: id) }
    report("policy.word.unknown", value.place, ["word": value.text, "words": words(.role)])
    return nil
  }

  /// Relations and links are; of others the pack says so.
  private mutating func isForRegistry(_ construct: RawConstruct, _ role: RecordType.Role?) -> Bool {
    if let value = construct.fields.value("purpose"), keywords.id(of: value.text, as: .purpose) == nil {
      report("policy.word.unknown", value.place, ["word": value.text, "words": words(.purpose)])
    }
    switch role {
    case .relation, .succession, .link: return true
    default: return construct.fields.value("purpose") != nil
    }
  }

  private mutating func withoutDuplicates(_ fields: [Field], in record: String) -> [Field] {
    var seen: Set<String> = []
    return fields.filter { field in
      if seen.insert(field.name).inserted { return true }
      report("policy.field.redefined", field.place, ["field": field.name, "record": record])
      return false
    }
  }

  private mutating func fields(_ table: RawTable) -> [Field] {
    var columns: [String: Int] = [:]
    for (index, cell) in table.header.enumerated() {
      if let id = keywords.id(of: cell.text, as: .column) {
        columns[id] = index
      } else {
        let near = nearWord(to: cell.text, among: keywords.words(as: .column)) ?? "—"
        report("policy.column.unknown", cell.place, ["column": cell.text, "near": near])
      }
    }
    guard columns["field"] != nil, columns["type"] != nil else {
      report("policy.record.table", table.place, ["record": ""])
      return []
    }
    return table.rows.compactMap { row in
      field { id in columns[id].map { row[$0] } }
    }
  }

  private mutating func field(_ cell: (String) -> RawTable.Cell?) -> Field? {
    guard let name = cell("field"), !name.text.isEmpty, let type = cell("type") else { return nil }
    checkName(Line(text: name.text, place: name.place))
    typeCells[name.place] = type.place
    let id = cell("id")?.text ?? ""
    if !id.isEmpty, !id.isIdentifier { report("policy.id.form", name.place, ["id": id]) }
    return Field(
      name: name.text, id: id.isEmpty ? name.text : id, type: valueType(type, unit: cell("unit")),
      years: years(cell("period")), authority: word(cell("authority"), .authority) ?? .enterprise,
      sensitivity: word(cell("sensitivity"), .sensitivity) ?? .internal,
      values: (cell("values")?.text ?? "").split(separator: "、").map { $0.trimmed },
      reverse: cell("reverse").flatMap { $0.text.isEmpty ? nil : $0.text },
      note: cell("note").flatMap { $0.text.isEmpty ? nil : $0.text }, place: name.place)
  }

  private mutating func valueType(_ cell: RawTable.Cell, unit: RawTable.Cell?) -> ValueType {
    guard let kind = keywords.id(of: cell.text, as: .type).flatMap(ValueType.Kind.init) else {
      return ValueType(.reference, record: cell.text)
    }
    guard let unit, !unit.text.isEmpty else { return ValueType(kind) }
    guard let known = Unit.named(unit.text) else {
      let near = nearWord(to: unit.text, among: Unit.symbols) ?? "—"
      report("policy.unit.unknown", unit.place, ["unit": unit.text, "near": near])
      return ValueType(kind)
    }
    return ValueType(kind, unit: known)
  }

  private mutating func years(_ cell: RawTable.Cell?) -> Int? {
    guard let cell, !cell.text.isEmpty else { return nil }
    let words = cell.text.split(separator: " ")
    if words.count == 2, keywords.isWord(String(words[0]), "annual"), let count = Int(words[1]),
      (1...20).contains(count)
    {
      return count
    }
    report("policy.period.annual", cell.place, ["text": cell.text])
    return nil
  }

  private mutating func word<T: RawRepresentable>(_ cell: RawTable.Cell?, _ place: Keywords.Place) -> T?
  where T.RawValue == String {
    guard let cell, !cell.text.isEmpty else { return nil }
    if let value = keywords.id(of: cell.text, as: place).flatMap(T.init) { return value }
    report("policy.word.unknown", cell.place, ["word": cell.text, "words": words(place)])
    return nil
  }

  private func words(_ place: Keywords.Place) -> String {
    keywords.ids(as: place).map { keywords.word($0, as: place) }.sorted().joined(separator: "、")
  }

  private mutating func allow(_ ids: [String], in construct: RawConstruct) {
    diagnostics += construct.diagnosticsOfFields(notIn: ids)
  }

  private mutating func checkName(_ name: Line) { diagnostics += name.diagnosticsAsName }

  private mutating func check(_ name: String, isOneOf names: [String], _ code: String, _ place: SourcePlace) {
    if !names.contains(name) { report(code, place, ["field": name, "near": nearWord(to: name, among: names) ?? "—"]) }
  }

  private mutating func report(_ code: String, _ place: SourcePlace, _ arguments: [String: String]) {
    diagnostics.append(Diagnostic(code, at: place, arguments))
  }
}

extension RawConstruct {
  /// A field the construct does not take, with the nearest that it does.
  func diagnosticsOfFields(notIn allowed: [String]) -> [Diagnostic] {
    let keywords = Keywords.shared
    return fields.entries.filter { !allowed.contains($0.id) }.map { entry in
      let words = allowed.map { keywords.word($0, as: .field) }
      let near = nearWord(to: entry.word.text, among: words) ?? words.joined(separator: "、")
      let arguments = [
        "field": entry.word.text, "construct": keywords.word(keyword, as: .construct), "near": near,
      ]
      return Diagnostic("policy.field.not-here", at: entry.word.place, arguments)
    }
  }
}

extension Line {
  /// Full-width punctuation would be a legal part of a FEEL name; packs refuse it.
  var diagnosticsAsName: [Diagnostic] {
    guard let sign = text.first(where: { "，（）、。《》：；“”！？".contains($0) }) else { return [] }
    return [Diagnostic("policy.name.punctuation", at: place, ["name": text, "sign": String(sign)])]
  }
}

extension String {
  /// ASCII letters, digits, `-`, `_` and `.`; begins with a letter.
  var isIdentifier: Bool {
    guard let first, first.isASCII, first.isLetter else { return false }
    return allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
  }
}
