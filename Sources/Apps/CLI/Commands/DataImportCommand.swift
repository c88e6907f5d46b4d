import ArgumentParser
import Diagnostics
import FEEL
import JSON
import Policy
import Population
import Registry
import Store
import Tabulation

struct DataImportCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "import", abstract: HelpText.of("cli.data.import.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @Argument(help: HelpText.help("cli.argument.facts"))
  var data: String

  @OptionGroup var store: StoreOptions

  @Option(help: HelpText.help("cli.option.source", valueName: "id"))
  var source: String

  @Option(help: HelpText.help("cli.option.import-record", valueName: "name"))
  var record: String?

  @Option(help: HelpText.help("cli.option.sheet", valueName: "name"))
  var sheet: String?

  @OptionGroup var decisions: ColumnDecisions

  @Option(help: HelpText.help("cli.option.source-title", valueName: "text"))
  var title: String?

  @Option(help: HelpText.help("cli.option.authority", valueName: "word"))
  var authority: String?

  @Option(help: HelpText.help("cli.option.confidence", valueName: "word"))
  var confidence: String?

  @Option(help: HelpText.help("cli.option.valid-from", valueName: "date"))
  var from: String?

  @Option(help: HelpText.help("cli.option.valid-to", valueName: "date"))
  var to: String?

  @Option(help: HelpText.help("cli.option.refused", valueName: "file"))
  var refused: String?

  @Flag(name: .customLong("accept-sound"), help: HelpText.help("cli.option.accept-sound"))
  var acceptSound = false

  @Flag(name: .customLong("dry-run"), help: HelpText.help("cli.option.dry-run"))
  var dryRun = false

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> CommandStatus {
    let rulebook = try Rulebook.sound(pack)
    // A try makes no room either.
    let registry = try dryRun ? store.open() : store.open(for: rulebook)
    if dryRun { try registry.prepare(for: rulebook.dictionary) }
    defer { registry.close() }
    var facts = FactImport(
      path: data, source: try registrySource(registry), confidence: try words(Confidence.self, confidence) ?? .stated,
      validity: try validity(), actor: store.actorName)
    facts.takesSoundRows = acceptSound
    facts.isDryRun = dryRun
    if let plan = try plan(in: registry, by: rulebook) {
      let report = TablePlanReport(plan: plan, console: console)
      if !plan.open.isEmpty { return report.tellOpen(output) }
      facts.tables = plan.importTables
      if !output.json { report.tellWarnings() }
      if dryRun, !output.json { report.tellColumns() }
    }
    let sheet = try refused.map { path throws(Diagnostic) in try RefusedSheet(path: path, language: console.language) }
    let progress = WorkProgress(), dictionary = rulebook.dictionary, request = facts
    let (report, first) = try await console.watch(progress) {
      let first = FirstRows()
      let report = try registry.record(request, by: dictionary, progress: progress) { row in
        first.add(row)
        try sheet?.add(row)
      }
      try sheet?.close()
      return (report, first)
    }
    return tell(report, first.rows, on: console)
  }

  /// How a file that is no canonical CSV is read; nil for one that is.
  private func plan(in registry: RegistryStore, by rulebook: Rulebook) throws -> TablePlan? {
    let type = try record.map { name throws(Diagnostic) in try rulebook.recordType(named: name) }
    guard var plan = try registry.tablePlan(for: data, sheet: sheet, type: type, of: source, by: rulebook.dictionary)
    else {
      if decisions.isEmpty { return nil }
      throw Diagnostic("cli.import.canonical", at: SourcePlace(file: data))
    }
    if !decisions.isEmpty {
      guard plan.tables.count == 1 else {
        throw Diagnostic("cli.import.several", at: SourcePlace(file: data), ["sheets": plan.sheets])
      }
      try decisions.apply(to: &plan.tables[0].proposal)
    }
    return plan
  }

  /// The source as it is recorded, or a new one.
  private func registrySource(_ registry: RegistryStore) throws -> Source {
    let given = try words(Field.Authority.self, authority)
    if let known = try registry.source(source) {
      return Source(id: source, title: known.title, authority: given ?? known.authority)
    }
    guard let given else {
      throw Diagnostic("cli.import.authority", at: SourcePlace(file: "--authority"), ["source": source])
    }
    return Source(id: source, title: title ?? source, authority: given)
  }

  private func words<T: RawRepresentable & CaseIterable>(
    _ type: T.Type, _ text: String?
  ) throws(Diagnostic) -> T? where T.RawValue == String {
    guard let text else { return nil }
    if let value = T(rawValue: text) { return value }
    let words = T.allCases.map(\.rawValue)
    throw Diagnostic(
      "cli.usage.word", at: SourcePlace(file: text),
      ["word": text, "near": nearWord(to: text, among: words) ?? words.joined(separator: ", ")])
  }

  private func validity() throws -> Validity {
    func date(_ text: String?, _ option: String) throws(Diagnostic) -> CalendarDate? {
      guard let text else { return nil }
      if let date = CalendarDate(text), Validity.days.contains(date.year) { return date }
      throw Diagnostic("cli.usage.date", at: SourcePlace(file: option), ["text": text])
    }
    let validity = Validity(from: try date(from, "--from"), to: try date(to, "--to"))
    if let from = validity.from, let to = validity.to, to <= from {
      throw Diagnostic("cli.usage.span", at: SourcePlace(file: "--to"), ["from": "\(from)", "to": "\(to)"])
    }
    return validity
  }

  // MARK: what is told

  private func tell(_ report: ImportReport, _ first: [RefusedRow], on console: Console) -> CommandStatus {
    let (word, number) = outcome(of: report)
    if output.json {
      console.print(json(report, first, word, number, console.language))
      return report.refused > 0 ? .problems : .fine
    }
    let isTable = report.tables.contains { $0.reading != nil }
    for row in first {
      for problem in row.problems { console.complain(problem.description(in: console.language, atCell: isTable)) }
    }
    if report.refused > first.count {
      console.complain(console.text("cli.import.more", ["count": String(report.refused - first.count)]))
    }
    var columns = TextColumns(.left, .right, .right)
    for table in report.tables {
      columns.add(table.record, String(table.rows), table.refused == 0 ? "" : "✗ \(table.refused)")
    }
    console.print(
      console.text(
        "cli.import.\(word)",
        ["batch": number.map { String($0) } ?? "", "rows": String(report.rows), "refused": String(report.refused)]))
    for line in columns.lines(indent: 2) { console.print(line) }
    for table in report.tables { table.reading?.tell(on: console) }
    return report.refused > 0 ? .problems : .fine
  }

  private func outcome(of report: ImportReport) -> (String, Int?) {
    switch report.outcome {
    case .recorded(let batch): ("recorded", batch)
    case .known(let batch): ("known", batch)
    case .refused: ("refused", nil)
    case .tried: ("tried", nil)
    }
  }

  private func json(
    _ report: ImportReport, _ first: [RefusedRow], _ word: String, _ number: Int?, _ language: Language
  ) -> JSONValue {
    [
      "outcome": .string(word), "batch": number.map { .integer($0) } ?? .null, "rows": .integer(report.rows),
      "refused": .integer(report.refused),
      "tables": .array(
        report.tables.map {
          [
            "record": .string($0.record), "rows": .integer($0.rows), "refused": .integer($0.refused),
            "reading": $0.reading?.json ?? .null,
          ]
        }),
      "diagnostics": .array(first.flatMap { $0.problems.map { $0.json(in: language) } }),
    ]
  }
}

/// The first rows that were refused: enough to see what is wrong.
private final class FirstRows: @unchecked Sendable {
  private(set) var rows: [RefusedRow] = []
  private static let most = 20

  /// Only by the thread that imports.
  func add(_ row: RefusedRow) { if rows.count < Self.most { rows.append(row) } }
}
