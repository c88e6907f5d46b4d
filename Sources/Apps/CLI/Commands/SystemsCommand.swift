import API
import ArgumentParser
import Diagnostics
import JSON
import Policy

/// Lists what the packs have for each system, rule and target that the documents name.
struct SystemsCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "systems", abstract: HelpText.of("cli.systems.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.several-packs"))
  var packs: [String]

  @Option(help: HelpText.help("cli.option.prefix", valueName: "letters"))
  var prefix: [String] = []

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    var references: [SystemReference] = []
    for path in try PackArguments.packs(among: packs) { references += try Rulebook.sound(path).main.systemReferences }
    references = SystemsReport.sorted(references.filter { prefix.isEmpty || prefix.contains($0.prefix) })
    let report = SystemsReport(references: references)
    if output.json {
      console.print(report.json)
    } else {
      report.write(to: console)
    }
    return .fine
  }
}
