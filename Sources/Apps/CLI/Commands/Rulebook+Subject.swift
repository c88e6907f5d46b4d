import Diagnostics
import Policy

extension Rulebook {
  /// The record named by key or name, or the only one there is.
  /// - Parameter path: where the facts are, for messages.
  func subjectKey(_ subject: String?, in facts: Facts, of path: String) throws(Diagnostic) -> String {
    let rows = facts[subjectType?.name ?? ""]?.rows ?? FactRows()
    let place = SourcePlace(file: path)
    guard let subject else {
      if rows.count == 1 { return rows[0].key }
      let some = rows.prefix(5).map { reference(to: $0) }.map { "\($0.key) \($0.display)" }
      throw Diagnostic(
        "cli.usage.subject", at: place,
        ["count": String(rows.count), "record": subjectType?.name ?? "—", "some": some.joined(separator: ", ")])
    }
    if facts.record(subjectType?.name ?? "", key: subject) != nil { return subject }
    let named = rows.filter { reference(to: $0).display == subject }
    if named.count == 1 { return named[0].key }
    let names = rows.prefix(2000).map { reference(to: $0) }.flatMap { [$0.key, $0.display] }
    throw Diagnostic(
      "cli.explain.subject", at: place, ["subject": subject, "near": nearWord(to: subject, among: names) ?? "—"])
  }

  /// A record of the subject type as others see it.
  func reference(to row: FactRow) -> RecordReference {
    subjectType?.reference(to: row) ?? RecordReference(type: "", key: row.key, display: row.key)
  }
}
