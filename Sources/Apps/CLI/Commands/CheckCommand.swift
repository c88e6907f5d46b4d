import ArgumentParser
import Diagnostics
import Policy

struct CheckCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "check", abstract: HelpText.of("cli.check.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let (rulebook, diagnostics) = try Rulebook.reading(pack)
    let report = CheckReport(rulebook: rulebook, diagnostics: diagnostics, examples: rulebook.checkExamples())
    if output.json {
      console.print(report.json(in: console.language))
    } else {
      report.write(to: console)
    }
    return report.errors.isEmpty ? .fine : CommandStatus(report.errors)
  }
}
