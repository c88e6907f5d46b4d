import API
import Diagnostics
import JSON
import Policy

/// The ids of several packs, each with the constructs that carry it.
struct SystemsReport {
  let references: [SystemReference]

  /// By prefix, then by number; packs in the order they were named.
  static func sorted(_ references: [SystemReference]) -> [SystemReference] {
    references.enumerated().sorted { a, b in
      let (first, second) = (a.element, b.element)
      if first.prefix != second.prefix { return first.prefix < second.prefix }
      let (x, y) = (number(first), number(second))
      return x == y ? a.offset < b.offset : x < y
    }.map(\.element)
  }

  private static func number(_ reference: SystemReference) -> Int {
    Int(reference.id.dropFirst(reference.prefix.count)) ?? 0
  }

  private var prefixes: [String] { references.map(\.prefix).reduce(into: []) { if $0.last != $1 { $0.append($1) } } }

  func write(to console: Console) {
    for prefix in prefixes {
      var columns = TextColumns(.left, .left, .left, .left, .left)
      let group = references.filter { $0.prefix == prefix }
      for reference in group { add(reference, to: &columns, console) }
      for line in columns.lines() { console.print(line) }
      console.print(
        console.text(
          "cli.systems.count",
          ["prefix": prefix, "count": String(distinct(group)), "deciding": String(deciding(group))]
        ))
      console.print()
    }
    console.print(console.text("cli.systems.total", ["count": String(distinct(references))]))
  }

  private func add(_ reference: SystemReference, to columns: inout TextColumns, _ console: Console) {
    let primitive = reference.primitive.map { console.text("cli.primitive.\($0.rawValue)") } ?? "—"
    let citation = reference.citation
    columns.add(
      reference.id, console.text("cli.systems.\(reference.state.rawValue)"), primitive,
      "\(citation.pack) \(citation.clause ?? citation.heading)",
      "\(reference.kindText(in: console.language)): \(reference.name)")
  }

  private func distinct(_ references: [SystemReference]) -> Int { Set(references.map(\.id)).count }

  private func deciding(_ references: [SystemReference]) -> Int {
    distinct(references.filter { $0.state != .declared })
  }

  var json: JSONValue {
    let counts = prefixes.map { prefix -> JSONValue in
      let group = references.filter { $0.prefix == prefix }
      return ["prefix": .string(prefix), "ids": .integer(distinct(group)), "deciding": .integer(deciding(group))]
    }
    return [
      "systems": .array(references.map(\.json)), "counts": .array(counts), "ids": .integer(distinct(references)),
    ]
  }
}
