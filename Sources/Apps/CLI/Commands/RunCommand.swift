import ArgumentParser
import Diagnostics
import FEEL
import JSON
import Policy
import Population
import Store

struct RunCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "run", abstract: HelpText.of("cli.run.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @Option(help: HelpText.help("cli.option.data", valueName: "path"))
  var data: String

  @OptionGroup var evaluation: EvaluationOptions
  @OptionGroup var known: KnownOptions
  @OptionGroup var output: OutputOptions

  @Option(help: HelpText.help("cli.option.csv", valueName: "file"))
  var csv: String?

  @Option(help: HelpText.help("cli.option.by", valueName: "dimension"))
  var by: String?

  @Flag(name: .customLong("no-reasons"), help: HelpText.help("cli.option.no-reasons"))
  var noReasons = false

  @Flag(help: HelpText.help("cli.option.all"))
  var all = false

  func perform(on console: Console) async throws -> CommandStatus {
    let date = try evaluation.date(), parameters = try evaluation.parameters()
    let rulebook = try Rulebook.sound(pack)
    let wanted = try evaluation.schemes(of: rulebook)
    try rulebook.requireInForce(date)
    let run = PopulationRun(
      rulebook: rulebook, data: try rulebook.subjectData(at: data, asOf: date, known), asOf: date,
      overrides: try rulebook.overrides(parameters), schemes: wanted, givesReasons: !noReasons)
    try AvailableMemory.require(run.memory(holdingResults: all || output.json), for: data)
    let progress = WorkProgress(), language = console.language
    let answer: Answer = try await console.watch(progress) { try self.answer(run, progress, language) }
    if let json = answer.json { console.print(json) } else { answer.report.write(answer.listed, to: console) }
    return .fine
  }

  private struct Answer: Sendable {
    var report: RunReport
    /// nil for people.
    var json: JSONValue?
    var listed: RunReport.Listed = [:]
  }

  private func answer(_ run: PopulationRun, _ progress: WorkProgress, _ language: Language) throws -> Answer {
    let dimension: Dimension? = if let by { try run.dimension(by) } else { nil }
    let base = try run.base(progress)
    let figures = try run.figures(base, by: dimension, progress)
    let report = RunReport(run: run, base: base, figures: figures, showsAll: all, progress: progress)
    if let csv { try report.writeCSV(to: csv, in: language) }
    if output.json { return Answer(report: report, json: try report.json(in: language)) }
    return Answer(report: report, json: nil, listed: try report.listed)
  }
}
