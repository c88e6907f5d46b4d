/// What the expressions of a random pack may speak of at some place: names, written as FEEL reads them there.
struct PackScope {
  enum Kind: String, CaseIterable {
    case number, boolean, date, text

    /// As a pack writes the type.
    var word: String { rawValue }
  }

  /// Records that belong to the one spoken of.
  struct Children {
    var list: String
    var type: PackRecord
  }

  /// A decision about a record, or a function.
  struct Callable {
    var name: String
    var result: Kind
    /// What is given to it: one record of the type, or values of the kinds.
    var record: String?
    var formals: [Kind] = []
  }

  var names: [Kind: [String]] = [:]
  var children: [Children] = []
  /// Fields with one value a year, and how many.
  var annual: [(name: String, kind: Kind, years: Int)] = []
  var callables: [Callable] = []
  /// Expressions for records, by record type.
  var records: [String: [String]] = [:]

  mutating func add(_ name: String, _ kind: Kind) { names[kind, default: []].append(name) }

  /// With the names of a record, reached by `path` ("x." or "" for its own fields).
  mutating func add(_ type: PackRecord, path: String) {
    for field in type.fields {
      switch field.kind {
      case .value(let kind): add(path + field.name, kind)
      case .annual(let kind, let years): annual.append((path + field.name, kind, years))
      }
    }
    for child in type.children { children.append(Children(list: path + child.reverse, type: child)) }
  }
}

/// A record type of a random pack.
final class PackRecord: Sendable {
  enum FieldKind: Sendable {
    case value(PackScope.Kind)
    case annual(PackScope.Kind, years: Int)
  }

  struct Field: Sendable {
    var name: String
    var kind: FieldKind
    var unit = ""
    var values: [String] = []
    /// Digits behind the point.
    var scale = 0
  }

  let name: String
  let fields: [Field]
  /// The field that leads to the record above.
  let owner: String?
  /// What the record above calls these records.
  let reverse: String
  let children: [PackRecord]
  /// Other references, by field.
  let references: [(field: String, type: PackRecord)]

  init(
    _ name: String, _ fields: [Field], owner: String? = nil, reverse: String = "", children: [PackRecord] = [],
    references: [(field: String, type: PackRecord)] = []
  ) {
    self.name = name
    self.fields = fields
    self.owner = owner
    self.reverse = reverse
    self.children = children
    self.references = references
  }

  static let bank = PackRecord(
    "bank",
    [
      Field(name: "fund", kind: .value(.number), unit: "元", scale: 2), Field(name: "owned", kind: .value(.boolean)),
      Field(name: "grade", kind: .value(.text), values: words), Field(name: "opened", kind: .value(.date)),
    ])
  static let payment = PackRecord(
    "payment",
    [
      Field(name: "paid", kind: .value(.number), unit: "元", scale: 2), Field(name: "paidon", kind: .value(.date)),
      Field(name: "late", kind: .value(.boolean)),
    ], owner: "loan", reverse: "payments")
  static let loan = PackRecord(
    "loan",
    [
      Field(name: "amount", kind: .value(.number), unit: "元", scale: 2),
      Field(name: "rate", kind: .value(.number), unit: "比例", scale: 4),
      Field(name: "term", kind: .value(.number), unit: "月"), Field(name: "overdue", kind: .value(.boolean)),
      Field(name: "start", kind: .value(.date)), Field(name: "due", kind: .value(.date)),
      Field(name: "form", kind: .value(.text), values: words),
    ], owner: "firm", reverse: "loans", children: [payment], references: [("bank", bank)])
  static let patent = PackRecord(
    "patent",
    [
      Field(name: "fee", kind: .value(.number), unit: "元", scale: 2), Field(name: "cited", kind: .value(.number)),
      Field(name: "valid", kind: .value(.boolean)), Field(name: "granted", kind: .value(.date)),
      Field(name: "class", kind: .value(.text)),
    ], owner: "firm", reverse: "patents")
  static let firm = PackRecord(
    "firm",
    [
      Field(name: "income", kind: .value(.number), unit: "元", scale: 2),
      Field(name: "cost", kind: .value(.number), unit: "元", scale: 2),
      Field(name: "staff", kind: .value(.number), unit: "人"),
      Field(name: "share", kind: .value(.number), unit: "比例", scale: 4),
      Field(name: "factor", kind: .value(.number), scale: 6), Field(name: "listed", kind: .value(.boolean)),
      Field(name: "banned", kind: .value(.boolean)), Field(name: "founded", kind: .value(.date)),
      Field(name: "checked", kind: .value(.date)), Field(name: "kind", kind: .value(.text), values: words),
      Field(name: "size", kind: .value(.text), values: ["大", "中", "小"]), Field(name: "area", kind: .value(.text)),
      Field(name: "sales", kind: .annual(.number, years: 3), unit: "元", scale: 2),
      Field(name: "heads", kind: .annual(.number, years: 2), unit: "人"),
      Field(name: "audited", kind: .annual(.boolean, years: 2)),
    ], children: [loan, patent])

  static let all = [firm, loan, payment, patent, bank]
  static let words = ["A", "B", "C", "AB"]

  /// As a dictionary has it.
  var text: String {
    var text = "## record: \(name)\n\n- id: \(name)\n- key: \(name)no\n"
    if let owner { text += "- owner: \(owner)\n" }
    if name == "firm" { text += "- role: subject\n" }
    text += "\n| field | type | unit | period | values | reverse | authority |\n|---|---|---|---|---|---|---|\n"
    text += "| \(name)no | text | | | | | |\n"
    if let owner { text += "| \(owner) | \(owner) | | | | \(reverse) | |\n" }
    for reference in references { text += "| \(reference.field) | \(reference.type.name) | | | | | |\n" }
    for (number, field) in fields.enumerated() {
      let authority = number % 5 == 3 ? "office" : "enterprise"
      let values = field.values.joined(separator: "、")
      switch field.kind {
      case .value(let kind):
        text += "| \(field.name) | \(kind.word) | \(field.unit) | | \(values) | | \(authority) |\n"
      case .annual(let kind, let years):
        text += "| \(field.name) | \(kind.word) | \(field.unit) | annual \(years) | \(values) | | \(authority) |\n"
      }
    }
    return text + "\n"
  }
}
