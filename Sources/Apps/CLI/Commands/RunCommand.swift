import ArgumentParser
import Diagnostics
import FEEL
import Policy
import Store

struct RunCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "run", abstract: HelpText.of("cli.run.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @Option(help: HelpText.help("cli.option.data", valueName: "folder"))
  var data: String

  @OptionGroup var evaluation: EvaluationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: HelpText.help("cli.option.csv", valueName: "file"))
  var csv: String?

  @Flag(help: HelpText.help("cli.option.all"))
  var all = false

  func perform(on console: Console) async throws -> CommandStatus {
    let date = try evaluation.date(), parameters = try evaluation.parameters()
    let rulebook = try Rulebook.sound(pack)
    let wanted = try evaluation.schemes(of: rulebook)
    let facts = try rulebook.facts(at: data)
    try rulebook.requireInForce(date)
    _ = try rulebook.overrides(parameters)
    let run = PopulationRun(rulebook: rulebook, facts: facts, asOf: date, parameters: parameters, schemes: wanted)
    let results = try await run.results { done, total in
      console.progress(console.text("cli.run.progress", ["done": String(done), "total": String(total)]))
    }
    console.endProgress()
    let report = RunReport(rulebook: rulebook, asOf: date, results: results, schemes: wanted, showsAll: all)
    if let csv { try report.writeCSV(to: csv, in: console.language) }
    if output.json {
      console.print(report.json(in: console.language))
    } else {
      report.write(to: console)
    }
    return .fine
  }
}
