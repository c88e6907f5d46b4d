import API
import ArgumentParser
import Diagnostics
import FEEL
import Policy
import Population
import Store

struct SimulateCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "simulate", abstract: HelpText.of("cli.simulate.abstract"),
      discussion: HelpText.of("cli.simulate.discussion"))
  }

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @Option(help: HelpText.help("cli.option.data", valueName: "path"))
  var data: String

  @Option(help: HelpText.help("cli.option.simulate-set", valueName: "name=value"))
  var set: [String] = []

  @Option(help: HelpText.help("cli.option.variant", valueName: "folder"))
  var variant: String?

  @Option(help: HelpText.help("cli.option.by", valueName: "dimension"))
  var by: String?

  @Option(help: HelpText.help("cli.option.sweep", valueName: "name=from..to/step"))
  var sweep: String?

  @Option(help: HelpText.help("cli.option.scheme", valueName: "name"))
  var scheme: [String] = []

  @Option(name: .customLong("as-of"), help: HelpText.help("cli.option.simulate-as-of", valueName: "date"))
  var asOf: String?

  @OptionGroup var known: KnownOptions

  @Option(help: HelpText.help("cli.option.format"))
  var format = Format.text

  @OptionGroup var options: OutputOptions

  var output: OutputOptions {
    var output = options
    if format == .json { output.json = true }
    return output
  }

  func perform(on console: Console) async throws -> CommandStatus {
    let settings = try set.settings()
    let rulebook = try Rulebook.sound(pack)
    let wanted = try rulebook.schemes(named: scheme)
    _ = try rulebook.overrides(settings)
    if let sweep { _ = try SweepRange(sweep, of: rulebook) }
    let rules: Rulebook? = if let variant { try Rulebook.sound(variant) } else { nil }
    let data = try rulebook.subjectData(at: data, asOf: asOf.flatMap { CalendarDate($0) }, known)
    let provenance = data.provenance
    let date = try date(provenance)
    let desk = SimulationDesk(rulebook, population: data.population, facts: data.facts)
    let answer = try await desk.answer(
      SimulationQuestion(
        asOf: date, settings: settings, rules: rules, dimension: by, schemes: wanted, sweep: sweep))
    if output.json {
      console.print(answer.json(in: console.language))
    } else if format == .csv {
      SimulationReport(answer: answer, isSynthetic: provenance?.isSynthetic ?? false).writeCSV(to: console)
    } else {
      SimulationReport(answer: answer, isSynthetic: provenance?.isSynthetic ?? false).write(to: console)
    }
    return .fine
  }

  /// The day named, that of the facts, or today.
  private func date(_ provenance: Provenance?) throws(Diagnostic) -> CalendarDate {
    guard let asOf else { return provenance?.asOf ?? DateTime.present().date }
    if let date = CalendarDate(asOf) { return date }
    throw Diagnostic("cli.usage.date", at: SourcePlace(file: "--as-of"), ["text": asOf])
  }
}
