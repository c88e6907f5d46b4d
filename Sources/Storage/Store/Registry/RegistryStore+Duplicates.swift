public import Diagnostics
public import Policy
public import Registry
import SQL

extension RegistryStore {
  /// Looks for records of a type that may be one, among those that stand at a moment: by their codes, and by all names that were
  /// said of them. Pairs about which somebody has decided are passed over.
  /// - Parameter limit: how many pairs are told at most.
  /// - Throws: `store.duplicates.fields` for a type that has neither a name to show nor a code.
  public func duplicates(
    of type: RecordType, at moment: Moment, limit: Int
  ) throws(Diagnostic) -> DuplicateReport {
    let name = type.display.flatMap { type.field(named: $0) }.flatMap { $0.isPlainText ? $0 : nil }
    let code = type.fields.first { $0.type.kind == .uscc && $0.years == nil }
    if name == nil, code == nil {
      throw Diagnostic("store.duplicates.fields", at: type.place, ["record": type.name])
    }
    let keys = try keys(of: type, at: moment)
    guard let table = try table(type) else { return DuplicateSearch().report(limit: limit) { _, _ in false } }
    return try read { connection in
      let identities = try self.identities(type.id, by: moment.known, in: connection)
      var search = DuplicateSearch()
      var numbers: [String: Int] = [:]
      numbers.reserveCapacity(keys.count)
      for key in keys {
        numbers[key] = search.add(key: key)
        if code?.name == type.key { search.add(code: key, of: numbers[key] ?? 0) }
      }
      let fields = [name, code].compactMap { $0 }.filter { $0.name != type.key }
      for field in fields where table.single.contains(where: { $0.name == field.id }) {
        try self.forEachText(of: field, table, by: moment.known, in: connection) { key, text in
          guard let number = numbers[identities.main(of: key)] else { return }
          if field == name { search.add(name: text, of: number) } else { search.add(code: text, of: number) }
        }
      }
      return search.report(limit: limit) { identities.distinction($0, $1) != nil }
    }
  }

  /// Hands out what was ever said of a field and counts, each text of a key once.
  private func forEachText(
    of field: Field, _ table: RecordTable, by known: Int, in connection: any SQLConnection,
    _ body: (_ key: String, _ text: String) -> Void
  ) throws {
    let column = connection.dialect.quoted(field.id)
    try connection.forEachRow(
      """
      SELECT s._key, s.\(column) FROM \(connection.dialect.quoted(table.name)) s WHERE s.\(column) IS NOT NULL
      AND s._batch <= ? AND \(Self.counts("s._batch")) GROUP BY s._key, s.\(column) ORDER BY min(s._statement)
      """, [.integer(known), .integer(known)]
    ) { row in
      body(row.text(0) ?? "", row.text(1) ?? "")
      return true
    }
  }
}

extension Field {
  fileprivate var isPlainText: Bool { type.kind == .text && years == nil }
}
