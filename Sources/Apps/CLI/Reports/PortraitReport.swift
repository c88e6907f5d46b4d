import API
import Diagnostics
import FEEL
import Policy
import Population
import Registry

/// A portrait for people, in the order of the page.
struct PortraitReport {
  let portrait: Portrait

  func write(to console: Console) {
    let subject = portrait.subject
    console.print(
      console.text(
        "cli.portrait.title", ["name": subject.display, "key": subject.key, "date": portrait.asOf.description]))
    write(nil, portrait.headline, to: console)
    write("cli.portrait.risks", portrait.risks, to: console)
    for ladder in portrait.ladders {
      console.print("\n\(ladder.name)")
      var columns = TextColumns(.left, .left)
      for rung in ladder.rungs {
        columns.add(
          rung.outcome?.verdict.text(in: console.language) ?? console.text("cli.portrait.elsewhere"), rung.name)
      }
      for line in columns.lines(indent: 2) { console.print(line) }
    }
    writePeers(to: console)
    write("cli.portrait.scores", portrait.scores, to: console)
    console.print()
    console.print(console.text("cli.explain.total", ["amount": portrait.checkUp.total.moneyText]))
    writeFacts(to: console)
    if !portrait.lists.isEmpty { console.print("\n" + console.text("cli.portrait.records")) }
    for list in portrait.lists { console.print("  \(list.name)  \(list.count)") }
  }

  private func write(_ heading: String?, _ readings: [AttributeReading], to console: Console) {
    guard !readings.isEmpty else { return }
    if let heading { console.print("\n" + console.text(heading)) }
    var columns = TextColumns(.left, .left)
    for reading in readings { columns.add(reading.attribute.name, text(reading.text, reading.attribute.type)) }
    for line in columns.lines(indent: 2) { console.print(line) }
  }

  private func writePeers(to console: Console) {
    guard let peers = portrait.peers, !peers.measures.isEmpty else { return }
    let common = peers.common.map { "\($0.name) \($0.group.text(in: console.language))" }.joined(separator: ", ")
    console.print("\n" + console.text("cli.portrait.peers", ["common": common]))
    var columns = TextColumns(.left, .right, .left)
    for (reading, standing) in peers.measures {
      let place = standing?.percentile.map {
        console.text("cli.portrait.above", ["percent": String($0), "count": String(standing?.peers ?? 0)])
      }
      columns.add(reading.attribute.name, text(reading.text, reading.attribute.type), place ?? "")
    }
    for line in columns.lines(indent: 2) { console.print(line) }
  }

  private func writeFacts(to console: Console) {
    guard !portrait.facts.isEmpty else { return }
    console.print("\n" + console.text("cli.portrait.facts"))
    var columns = TextColumns(.left, .left, .left)
    for fact in portrait.facts {
      let source = fact.statement.map { statement in
        "\(statement.batch.source.title) #\(statement.batch.id) \(statement.batch.recorded.description.prefix(10))"
      }
      columns.add(
        fact.year.map { "\(fact.field.name)@\($0)" } ?? fact.field.name, text(fact.text, fact.field.type),
        source ?? "")
    }
    for line in columns.lines(indent: 2) { console.print(line) }
  }

  private func text(_ text: String, _ type: ValueType) -> String {
    guard Decimal128(text) != nil, let unit = type.unit else { return text }
    return "\(text) \(unit.base.symbol)"
  }
}
