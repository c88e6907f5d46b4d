import API
import Diagnostics
import FEEL
import JSON
import Policy
import Store

/// What a whole population comes to, scheme by scheme.
struct RunReport {
  let rulebook: Rulebook
  let asOf: CalendarDate
  let results: [PopulationRun.Result]
  let schemes: Set<String>?
  let showsAll: Bool

  private static let shown = 20
  private static let order: [Verdict] = [.met, .review, .undetermined, .unmet, .notApplicable]

  /// Each scheme once, whatever its versions.
  private var wanted: [Scheme] {
    var seen: Set<String> = []
    return rulebook.schemes.filter { schemes?.contains($0.name) ?? true }.filter { seen.insert($0.name).inserted }
  }

  private func lines(of scheme: Scheme) -> [(subject: RecordReference, outcome: PopulationRun.Result.Scheme)] {
    results.flatMap { result in
      result.schemes.filter { $0.name == scheme.name }.map { (result.subject, $0) }
    }
  }

  private func total(_ outcomes: [PopulationRun.Result.Scheme]) -> Decimal128 {
    outcomes.compactMap(\.amount).reduce(.zero) { ($0 + $1) ?? $0 }
  }

  private var total: Decimal128 { total(results.flatMap(\.schemes)) }

  /// Subjects with at least one scheme met.
  private var subjectsMet: Int { results.count { RunReport.best($0) == .met } }

  // MARK: - For people

  func write(to console: Console) {
    let pack = rulebook.main
    console.print(
      console.text(
        "cli.run.title",
        [
          "title": pack.title, "date": asOf.description, "count": String(results.count),
          "record": rulebook.subjectType?.name ?? "",
        ]))
    console.print()
    for line in summary(console) { console.print(line) }
    console.print()
    console.print(
      console.text("cli.run.total", ["amount": total.moneyText, "subjects": String(subjectsMet)]))
    for scheme in wanted { write(scheme, to: console) }
  }

  private func summary(_ console: Console) -> [String] {
    var columns = TextColumns(.left, .right, .right, .right, .right, .right, .right)
    let verdicts = RunReport.order.map { "\($0.mark(in: console.language)) \($0.text(in: console.language))" }
    columns.add(
      console.text("cli.run.scheme"), verdicts[0], verdicts[1], verdicts[2], verdicts[3], verdicts[4],
      console.text("cli.run.amount"))
    for scheme in wanted {
      let outcomes = lines(of: scheme).map(\.outcome)
      let counts = RunReport.order.map { verdict in String(outcomes.count { $0.verdict == verdict }) }
      columns.add(
        scheme.name, counts[0], counts[1], counts[2], counts[3], counts[4], total(outcomes).moneyText)
    }
    let best = results.map(RunReport.best)
    let counts = RunReport.order.map { verdict in String(best.count { $0 == verdict }) }
    columns.add(
      console.text("cli.run.subjects", ["record": rulebook.subjectType?.name ?? ""]), counts[0], counts[1], counts[2],
      counts[3], counts[4], total.moneyText)
    return columns.lines()
  }

  /// A subject's best verdict over the schemes.
  private static func best(_ result: PopulationRun.Result) -> Verdict {
    order.first { verdict in result.schemes.contains { $0.verdict == verdict } } ?? .notApplicable
  }

  private func write(_ scheme: Scheme, to console: Console) {
    let lines = lines(of: scheme)
    for verdict in RunReport.order.dropLast() {
      let those = lines.filter { $0.outcome.verdict == verdict }
      guard !those.isEmpty else { continue }
      console.print()
      console.print(
        "── \(scheme.name) · \(verdict.mark(in: console.language)) \(verdict.text(in: console.language)) \(those.count)"
      )
      var columns = TextColumns(.left, .left, .right, .left)
      for (subject, outcome) in those.prefix(showsAll ? those.count : RunReport.shown) {
        let amount = outcome.amount.map { console.text("cli.money", ["amount": $0.moneyText]) } ?? ""
        columns.add(subject.key, subject.display, amount, why(outcome, console.language))
      }
      for line in columns.lines(indent: 2) { console.print(line) }
      let rest = those.count - RunReport.shown
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

  func json(in language: Language) -> JSONValue {
    [
      "formatVersion": .integer(CheckUp.formatVersion), "pack": .string(rulebook.main.id),
      "version": .string(rulebook.main.version), "asOf": .string(asOf.description), "currency": "CNY",
      "subjects": .integer(results.count), "bestVerdicts": counts(results.map(RunReport.best)),
      "total": .string(total.amountText),
      "schemes": .array(wanted.map(json)), "results": .array(results.map { json($0, language) }),
    ]
  }

  private func json(_ scheme: Scheme) -> JSONValue {
    let outcomes = lines(of: scheme).map(\.outcome)
    return [
      "kind": .string(scheme.kind.rawValue), "name": .string(scheme.name), "reference": .string(scheme.reference),
      "counts": counts(outcomes.map(\.verdict)), "total": .string(total(outcomes).amountText),
    ]
  }

  private func counts(_ verdicts: [Verdict]) -> JSONValue {
    .object(
      RunReport.order.map { verdict in
        .init(
          verdict == .notApplicable ? "notApplicable" : verdict.rawValue, .integer(verdicts.count { $0 == verdict }))
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

  /// A row per subject and scheme.
  func writeCSV(to path: String, in language: Language) throws(Diagnostic) {
    var writer = try CSVWriter(path: path)
    func word(_ key: String) -> String { Catalogue.shared.text(key, in: language) }
    try writer.write([
      rulebook.subjectType?.key ?? "", word("cli.csv.name"), word("cli.csv.scheme"), word("cli.csv.verdict"),
      word("cli.csv.amount"), word("cli.csv.reason"), word("cli.csv.missing"),
    ])
    for result in results {
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
