import API
import Diagnostics
import FEEL
import Policy
import Population
import Store

/// What a change comes to for a whole population, for people and as CSV.
struct SimulationReport {
  let answer: SimulationAnswer
  let isSynthetic: Bool

  private var result: SimulationResult { answer.result }

  func write(to console: Console) {
    writeHead(to: console)
    console.print()
    for line in table(console) { console.print(line) }
    if !result.dimension.name.isEmpty { writeGroups(to: console) }
    if let sweep = answer.sweep { write(sweep, to: console) }
  }

  private func writeHead(to console: Console) {
    console.print(
      console.text(
        "cli.simulate.title",
        [
          "title": answer.rulebook.main.title, "date": answer.asOf.description,
          "count": Decimal128(answer.subjects).grouped(), "record": answer.record,
        ]))
    console.print(console.text(isSynthetic ? "cli.simulate.synthetic" : "cli.simulate.estimate"))
    for setting in answer.settings {
      let words = setting.base == nil ? "cli.simulate.set-open" : "cli.simulate.set"
      console.print(
        "  " + console.text(words, ["name": setting.parameter, "value": setting.value, "base": setting.base ?? ""]))
    }
    console.print(
      console.text(
        "cli.simulate.recomputed",
        [
          "schemes": String(result.changed.count), "subjects": Decimal128(answer.recomputedRows).grouped(),
          "others": String(result.unchanged.count),
        ]))
    let interpreted = answer.interpreted.base + answer.interpreted.variant
    if interpreted > 0 {
      console.print(console.text("cli.simulate.interpreted", ["count": Decimal128(interpreted).grouped()]))
    }
    let beyond = answer.beyond.base + answer.beyond.variant
    if beyond > 0 { console.print(console.text("cli.simulate.beyond", ["count": Decimal128(beyond).grouped()])) }
    for (scheme, why) in answer.unplanned {
      console.print("  \(scheme): \(why.text(in: console.language))")
    }
  }

  // MARK: tables

  private func table(_ console: Console) -> [String] {
    var columns = lineColumns(console, first: "cli.run.scheme")
    for part in result.changed { add(part.whole, part.scheme ?? "", to: &columns) }
    for part in result.unchanged where result.changed.isEmpty || part.whole.base.beneficiaries > 0 {
      add(part.whole, part.scheme ?? "", to: &columns)
    }
    add(result.total.whole, console.text("cli.simulate.total"), to: &columns)
    return columns.lines()
  }

  private func lineColumns(_ console: Console, first: String) -> TextColumns {
    var columns = TextColumns(.left, .right, .right, .right, .right, .right, .right, .right, .right, .right)
    func word(_ key: String) -> String { console.text("cli.simulate.\(key)") }
    columns.add(
      console.text(first), word("met-base"), word("met"), word("amount-base"), word("amount"), word("cost"),
      word("winners"), word("gained"), word("losers"), word("lost"))
    return columns
  }

  private func add(_ line: SimulationResult.Line, _ name: String, to columns: inout TextColumns) {
    columns.add(
      name, count(line.base.beneficiaries), count(line.variant.beneficiaries), line.base.amount.moneyText,
      line.variant.amount.moneyText, line.cost.signedMoney, count(line.winners), line.gained.moneyText,
      count(line.losers), line.lost.moneyText)
  }

  private func count(_ number: Int) -> String { Decimal128(number).grouped() }

  /// All schemes together, then each that changed, group by group.
  private func writeGroups(to console: Console) {
    for part in [result.total] + (result.changed.count > 1 ? result.changed : []) {
      console.print()
      let name = part.scheme ?? console.text("cli.simulate.total")
      console.print("── \(name) · \(console.text("cli.simulate.by", ["dimension": result.dimension.name]))")
      var columns = lineColumns(console, first: "cli.simulate.group")
      for (group, line) in zip(result.dimension.groups, part.groups) {
        add(line, group.text(in: console.language), to: &columns)
      }
      for line in columns.lines(indent: 2) { console.print(line) }
    }
  }

  private func write(_ sweep: SimulationSweep, to console: Console) {
    console.print()
    let unit = sweep.parameter.type.unit?.base.symbol
    console.print("── \(sweep.parameter.name)" + (unit.map { " (\($0))" } ?? ""))
    var columns = TextColumns(.right, .right, .right, .right)
    columns.add(
      console.text("cli.simulate.value"), console.text("cli.simulate.met"), console.text("cli.simulate.amount"),
      console.text("cli.simulate.cost"))
    for point in sweep.points {
      columns.add(
        point.value.description, count(point.total.variant.beneficiaries), point.total.variant.amount.moneyText,
        point.total.cost.signedMoney)
    }
    for line in columns.lines(indent: 2) { console.print(line) }
  }

  // MARK: CSV

  /// A row per scheme and group, all together last; with a sweep, a row per point instead.
  func writeCSV(to console: Console) {
    func word(_ key: String) -> String { console.text("cli.simulate.\(key)") }
    let figures = [
      "met-base", "met", "open-base", "open", "unmet-base", "unmet", "amount-base", "amount", "cost", "winners",
      "gained", "losers", "lost",
    ].map(word)
    if let sweep = answer.sweep {
      console.print(CSVWriter.line([sweep.parameter.name] + figures))
      for point in sweep.points {
        console.print(CSVWriter.line([point.value.description] + cells(point.total)))
      }
      return
    }
    console.print(CSVWriter.line([console.text("cli.run.scheme"), word("group")] + figures))
    for part in result.schemes + [result.total] {
      let name = part.scheme ?? word("total")
      console.print(CSVWriter.line([name, word("everybody")] + cells(part.whole)))
      guard !result.dimension.name.isEmpty else { continue }
      for (group, line) in zip(result.dimension.groups, part.groups) {
        console.print(CSVWriter.line([name, group.text(in: console.language)] + cells(line)))
      }
    }
  }

  private func cells(_ line: SimulationResult.Line) -> [String] {
    func pair(_ count: (SimulationResult.Figures) -> Int) -> [String] {
      [line.base, line.variant].map { String(count($0)) }
    }
    let counts =
      pair { $0.count(.met) } + pair { $0.count(.undetermined) + $0.count(.review) }
      + pair { $0.count(.unmet) + $0.count(.notApplicable) }
    let amounts = [line.base.amount, line.variant.amount, line.cost].map(\.amountText)
    return counts + amounts + [
      String(line.winners), line.gained.amountText, String(line.losers), line.lost.amountText,
    ]
  }
}

extension Decimal128 {
  /// With its sign, also where it is positive.
  fileprivate var signedMoney: String { (self > .zero ? "+" : "") + moneyText }
}
