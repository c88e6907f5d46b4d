import API
import Diagnostics
import FEEL
import JSON
import Policy
import Population
import Store

/// What a whole population comes to, scheme by scheme.
struct RunReport: Sendable {
  let run: PopulationRun
  let base: Simulation
  let figures: PopulationFigures
  let showsAll: Bool
  let progress: WorkProgress

  static let shown = 20
  private static let order: [Verdict] = [.met, .review, .undetermined, .unmet, .notApplicable]

  private var rulebook: Rulebook { run.rulebook }

  /// Each scheme once, whatever its versions.
  private var wanted: [Scheme] {
    run.wanted.compactMap { name in rulebook.schemes.first { $0.name == name } }
  }

  // MARK: - For people

  func write(_ listed: Listed, to console: Console) {
    let pack = rulebook.main
    console.print(
      console.text(
        "cli.run.title",
        [
          "title": pack.title, "date": run.asOf.description, "count": String(run.count),
          "record": rulebook.subjectType?.name ?? "",
        ]))
    console.print()
    for line in summary(console) { console.print(line) }
    console.print()
    console.print(
      console.text(
        "cli.run.total", ["amount": figures.whole.amount.moneyText, "subjects": String(figures.whole.count(.met))]))
    if !figures.dimension.name.isEmpty { writeGroups(to: console) }
    for scheme in wanted { write(scheme, listed, to: console) }
  }

  private func summary(_ console: Console) -> [String] {
    var columns = figureColumns(console, first: "cli.run.scheme")
    for scheme in wanted { add(figures.whole(of: scheme.name), scheme.name, to: &columns) }
    add(figures.whole, console.text("cli.run.subjects", ["record": rulebook.subjectType?.name ?? ""]), to: &columns)
    return columns.lines()
  }

  private func figureColumns(_ console: Console, first: String) -> TextColumns {
    var columns = TextColumns(.left, .right, .right, .right, .right, .right, .right)
    let verdicts = RunReport.order.map { "\($0.mark(in: console.language)) \($0.text(in: console.language))" }
    columns.add(
      console.text(first), verdicts[0], verdicts[1], verdicts[2], verdicts[3], verdicts[4],
      console.text("cli.run.amount"))
    return columns
  }

  private func add(_ line: PopulationFigures.Line, _ name: String, to columns: inout TextColumns) {
    let counts = RunReport.order.map { String(line.count($0)) }
    columns.add(name, counts[0], counts[1], counts[2], counts[3], counts[4], line.amount.moneyText)
  }

  /// All schemes together, then each, group by group.
  private func writeGroups(to console: Console) {
    let together = console.text("cli.run.subjects", ["record": rulebook.subjectType?.name ?? ""])
    for (name, lines) in [(together, figures.together)] + wanted.map({ ($0.name, figures.groups(of: $0.name)) }) {
      console.print()
      console.print("── \(name) · \(console.text("cli.simulate.by", ["dimension": figures.dimension.name]))")
      var columns = figureColumns(console, first: "cli.simulate.group")
      for (group, line) in zip(figures.dimension.groups, lines) {
        add(line, group.text(in: console.language), to: &columns)
      }
      for line in columns.lines(indent: 2) { console.print(line) }
    }
  }

  // MARK: who

  /// Subjects that are listed, by row.
  typealias Listed = [Int: PopulationRun.Result]

  /// What is said of the subjects that are listed.
  /// - Throws: `CancellationError`.
  var listed: Listed {
    get throws {
      var rows: Set<Int> = []
      for scheme in run.wanted {
        for verdict in RunReport.order.dropLast() { rows.formUnion(self.rows(of: scheme, verdict)) }
      }
      let order = rows.sorted()
      var found: Listed = [:]
      var next = 0
      try run.forEach(order, base, progress) { result in
        found[order[next]] = result
        next += 1
      }
      return found
    }
  }

  private func rows(of scheme: String, _ verdict: Verdict) -> [Int] {
    base.rows(of: scheme, verdict, most: showsAll ? .max : RunReport.shown)
  }

  private func write(_ scheme: Scheme, _ listed: Listed, to console: Console) {
    for verdict in RunReport.order.dropLast() {
      let count = figures.whole(of: scheme.name).count(verdict)
      guard count > 0 else { continue }
      console.print()
      console.print(
        "── \(scheme.name) · \(verdict.mark(in: console.language)) \(verdict.text(in: console.language)) \(count)")
      var columns = TextColumns(.left, .left, .right, .left)
      for row in rows(of: scheme.name, verdict) {
        guard let result = listed[row], let outcome = result.schemes.first(where: { $0.name == scheme.name }) else {
          continue
        }
        let amount = outcome.amount.map { console.text("cli.money", ["amount": $0.moneyText]) } ?? ""
        columns.add(result.subject.key, result.subject.display, amount, why(outcome, console.language))
      }
      for line in columns.lines(indent: 2) { console.print(line) }
      let rest = count - RunReport.shown
      if !showsAll, rest > 0 { console.print("  " + console.text("cli.run.more", ["count": String(rest)])) }
    }
  }

  private func why(_ outcome: PopulationRun.Result.Scheme, _ language: Language) -> String {
    let reasons = outcome.reasons.map { $0.text(in: language) }
    if !reasons.isEmpty { return reasons.joined(separator: "; ") }
    guard !outcome.missing.isEmpty, outcome.verdict != .met else { return "" }
    return Catalogue.shared.text("cli.run.missing", in: language, ["names": missing(outcome)])
  }

  private func missing(_ outcome: PopulationRun.Result.Scheme) -> String {
    var seen: Set<String> = []
    return outcome.missing.filter { seen.insert($0).inserted }.joined(separator: ", ")
  }

  // MARK: - For programs

  func json(in language: Language) throws -> JSONValue {
    var results: [JSONValue] = []
    try run.forEach(Array(0..<run.count), base, progress) { results.append(json($0, language)) }
    let whole = figures.whole
    var members: [JSONValue.Member] = [
      .init("formatVersion", .integer(CheckUp.formatVersion)), .init("pack", .string(rulebook.main.id)),
      .init("version", .string(rulebook.main.version)), .init("asOf", .string(run.asOf.description)),
      .init("currency", "CNY"), .init("subjects", .integer(run.count)), .init("bestVerdicts", counts(whole)),
      .init("total", .string(whole.amount.amountText)), .init("schemes", .array(wanted.map(json))),
    ]
    if !figures.dimension.name.isEmpty { members.append(.init("by", groups(in: language))) }
    members.append(.init("results", .array(results)))
    return .object(members)
  }

  private func json(_ scheme: Scheme) -> JSONValue {
    let line = figures.whole(of: scheme.name)
    return [
      "kind": .string(scheme.kind.rawValue), "name": .string(scheme.name), "reference": .string(scheme.reference),
      "counts": counts(line), "total": .string(line.amount.amountText),
    ]
  }

  private func groups(in language: Language) -> JSONValue {
    let groups = figures.dimension.groups.enumerated().map { number, group -> JSONValue in
      let together = figures.together[number]
      let schemes = wanted.map { scheme -> JSONValue in
        let line = figures.groups(of: scheme.name)[number]
        return ["name": .string(scheme.name), "counts": counts(line), "total": .string(line.amount.amountText)]
      }
      return [
        "group": .string(group.text(in: language)), "bestVerdicts": counts(together),
        "total": .string(together.amount.amountText), "schemes": .array(schemes),
      ]
    }
    return ["dimension": .string(figures.dimension.name), "groups": .array(groups)]
  }

  private func counts(_ line: PopulationFigures.Line) -> JSONValue {
    .object(
      RunReport.order.map { verdict in
        .init(verdict == .notApplicable ? "notApplicable" : verdict.rawValue, .integer(line.count(verdict)))
      })
  }

  private func json(_ result: PopulationRun.Result, _ language: Language) -> JSONValue {
    [
      "key": .string(result.subject.key), "display": .string(result.subject.display),
      "schemes": .array(
        result.schemes.map { outcome in
          [
            "name": .string(outcome.name), "verdict": .string(outcome.verdict.rawValue),
            "amount": .optional(outcome.amount?.amountText),
            "reasons": .strings(outcome.reasons.map { $0.text(in: language) }), "missing": .strings(outcome.missing),
          ]
        }),
    ]
  }

  /// A row per subject and scheme. The file is there when all are in it.
  /// - Throws: `CancellationError`, `store.file.unwritable`.
  func writeCSV(to path: String, in language: Language) throws {
    var writer = try CSVWriter(path: path, isWhole: true)
    func word(_ key: String) -> String { Catalogue.shared.text(key, in: language) }
    try writer.write([
      rulebook.subjectType?.key ?? "", word("cli.csv.name"), word("cli.csv.scheme"), word("cli.csv.verdict"),
      word("cli.csv.amount"), word("cli.csv.reason"), word("cli.csv.missing"),
    ])
    try run.forEach(Array(0..<run.count), base, progress) { result in
      for outcome in result.schemes {
        let reasons = outcome.reasons.map { $0.text(in: language) }.joined(separator: "; ")
        try writer.write([
          result.subject.key, result.subject.display, outcome.name, outcome.verdict.text(in: language),
          outcome.amount?.amountText ?? "", reasons, missing(outcome),
        ])
      }
    }
    try writer.close()
  }
}
