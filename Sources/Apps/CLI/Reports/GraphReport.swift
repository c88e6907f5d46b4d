import API
import FEEL
import JSON
import Policy

/// What is around a record, and what became of it.
struct GraphReport {
  private let found: RecordGraph.Neighbourhood
  private let successions: [Succession]

  init(_ found: RecordGraph.Neighbourhood, _ successions: [Succession]) {
    (self.found, self.successions) = (found, successions)
  }

  func write(to console: Console) {
    let centre = found.centre
    console.print(
      console.text(
        "cli.graph.title",
        [
          "record": centre.type, "display": centre.display, "key": centre.key, "records": String(found.records.count),
          "edges": String(found.edges.count),
        ]))
    let steps = Dictionary(found.records.map { ($0.record, $0.steps) }) { first, _ in first }
    let byDistance = Dictionary(grouping: found.edges) { max(steps[$0.from] ?? 0, steps[$0.to] ?? 0) }
    for (distance, edges) in byDistance.sorted(by: { $0.key < $1.key }) {
      console.print(console.text("cli.graph.steps", ["steps": String(distance)]))
      var columns = TextColumns(.left, .left, .left, .left)
      for edge in edges {
        columns.add(edge.from.shown, "─ \(edge.name) →", edge.to.shown, edge.relation.map { "[\($0.key)]" } ?? "")
      }
      for line in columns.lines(indent: 2) { console.print(line) }
    }
    if found.isCut { console.print(console.text("cli.graph.cut")) }
    guard !successions.isEmpty else { return }
    console.print(console.text("cli.graph.successions"))
    for succession in successions {
      let words = succession.particulars.map(\.text).joined(separator: " ")
      let indent = String(repeating: "  ", count: min(succession.step, 20))
      console.print("\(indent)\(succession.predecessor.shown) → \(succession.successor.shown)  \(words)")
    }
  }

  var json: JSONValue {
    [
      "record": found.centre.json,
      "records": .array(
        found.records.map { record, steps in ["record": record.json, "steps": .integer(steps)] }),
      "edges": .array(found.edges.map(\.json)),
      "cut": .boolean(found.isCut),
      "successions": .array(successions.map(\.json)),
    ]
  }
}

/// A chain with its links, from the first to the last.
struct ChainReport {
  private let view: ChainView
  /// Members that are told of each link.
  private let limit: Int

  init(_ view: ChainView, limit: Int) { (self.view, self.limit) = (view, limit) }

  func write(to console: Console) {
    console.print(
      console.text(
        "cli.graph.chain",
        [
          "display": view.chain.display, "key": view.chain.key, "links": String(view.links.count),
          "gaps": String(view.gaps.count),
        ]))
    for link in view.links {
      let supplies = link.supplies.map(\.display).joined(separator: ", ")
      let count =
        link.members.isEmpty
        ? console.text("cli.graph.gap") : console.text("cli.graph.members", ["count": String(link.members.count)])
      let words =
        [link.order?.description ?? "—", link.link.display, count]
        + (supplies.isEmpty ? [] : [console.text("cli.graph.supplies", ["links": supplies])])
      console.print("  " + words.joined(separator: "  "))
      for member in link.members.prefix(limit) { console.print("      \(member.key)  \(member.display)") }
      if link.members.count > limit { console.print("      " + console.text("cli.graph.cut")) }
    }
  }

  var json: JSONValue { view.json(limit: limit) }
}

extension RecordReference {
  fileprivate var shown: String { display == key ? "\(type) \(key)" : "\(type) \(display)（\(key)）" }
}
