import Policy

/// Finds the field that a word means.
struct FieldIndex {
  let type: RecordType
  private var exact: [String: Int] = [:]
  private var normalised: [String: Int] = [:]
  private var remembered: [String: Int] = [:]
  private let synonyms: TableSynonyms

  struct Finding {
    var field: Field
    var match: Match
    var nearness: Int?
  }

  init(_ type: RecordType, in dictionary: DataDictionary, synonyms: TableSynonyms) {
    self.type = type
    self.synonyms = synonyms
    for (position, field) in type.fields.enumerated() { add(field, position) }
    addKnownWords(dictionary)
  }

  private mutating func add(_ field: Field, _ position: Int) {
    for name in [field.name, field.id] {
      if exact[name] == nil { exact[name] = position }
      let compact = name.compact
      if normalised[compact] == nil { normalised[compact] = position }
    }
    let long = (type.name + field.name).compact
    if remembered[long] == nil { remembered[long] = position }
  }

  /// The words for a firm's name lead to what the type is shown by, those for a credit code to its one code.
  private mutating func addKnownWords(_ dictionary: DataDictionary) {
    if let display = type.display, let position = exact[display] { addKnown(.display, position) }
    if let position = codePosition(dictionary) { addKnown(.creditCode, position) }
  }

  /// The code among the fields; where there is none, the firm that a record belongs to, which is known by its code.
  private func codePosition(_ dictionary: DataDictionary) -> Int? {
    let codes = type.fields.indices.filter { type.fields[$0].type.kind == .uscc }
    if let key = codes.first(where: { type.fields[$0].name == type.key }) { return key }
    guard codes.isEmpty, let owner = type.owner.flatMap({ exact[$0] }) else {
      return codes.count == 1 ? codes.first : nil
    }
    let firm = type.fields[owner].type.record.flatMap { dictionary[$0] }
    return firm?.field(named: firm?.key ?? "")?.type.kind == .uscc ? owner : nil
  }

  private mutating func addKnown(_ group: TableWords.Group, _ position: Int) {
    for word in TableWords.shared[group] where remembered[word] == nil { remembered[word] = position }
  }

  /// The field of that very name or id.
  func exact(_ name: String) -> Finding? {
    exact[name].map { Finding(field: type.fields[$0], match: .exact) }
  }

  /// The field that a compact word means for sure.
  func sure(_ word: String) -> Finding? {
    guard !word.isEmpty else { return nil }
    if let position = normalised[word] { return Finding(field: type.fields[position], match: .normalised) }
    if let id = synonyms.field(word, of: type.id), let field = type.field(named: id) {
      return Finding(field: field, match: .remembered)
    }
    return remembered[word].map { Finding(field: type.fields[$0], match: .remembered) }
  }

  /// Fields whose names are like a compact word, the nearest first.
  func near(_ word: String, but used: Set<String> = []) -> [Finding] {
    let near = type.fields.filter { !used.contains($0.id) }.map { field in
      Finding(field: field, match: .near, nearness: Nearness.percent(word, field.name.compact))
    }
    return near.filter { ($0.nearness ?? 0) >= Nearness.mentioned }.sorted {
      (-($0.nearness ?? 0), $0.field.name) < (-($1.nearness ?? 0), $1.field.name)
    }
  }
}
