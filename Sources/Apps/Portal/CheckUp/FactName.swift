import Policy

/// The name of a form field that holds a fact: `f.<record type>.<row>.<field>` or `…<field>@<year>`, in ASCII ids.
///
/// The row is the record's key for records that are known, `new-1` … for those entered, `self` for the subject.
struct FactName: Hashable {
  var type: String
  var row: String
  var field: String
  var year: Int?

  static let subject = "self"
  static let newRow = "new-"

  init(type: String, row: String, field: String, year: Int? = nil) {
    self.type = type
    self.row = row
    self.field = field
    self.year = year
  }

  init?(_ name: String) {
    guard name.hasPrefix("f.") else { return nil }
    let rest = name.dropFirst(2)
    guard let first = rest.firstIndex(of: "."), let last = rest.lastIndex(of: "."), first < last else { return nil }
    type = String(rest[..<first])
    row = String(rest[rest.index(after: first)..<last])
    let parts = rest[rest.index(after: last)...].split(separator: "@", maxSplits: 1).map(String.init)
    guard let field = parts.first, !row.isEmpty else { return nil }
    self.field = field
    if parts.count == 2 {
      guard let year = Int(parts[1]) else { return nil }
      self.year = year
    }
  }

  var text: String { "f.\(type).\(row).\(field)" + (year.map { "@\($0)" } ?? "") }

  /// The field that says there are no records of a type.
  static func none(_ type: RecordType) -> String { "n.\(type.id)" }

  /// The field that counts the rows shown of a type.
  static func count(_ type: RecordType) -> String { "rows.\(type.id)" }

  /// The field that sets a parameter.
  static func setting(_ parameter: String) -> String { "set.\(parameter)" }
}
