import API
import ArgumentParser
import Diagnostics
import FEEL
import Policy
import Store

/// One firm on one page.
struct PortraitCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "portrait", abstract: HelpText.of("cli.portrait.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @Option(help: HelpText.help("cli.option.data", valueName: "path"))
  var data: String

  @Option(help: HelpText.help("cli.option.subject", valueName: "key"))
  var subject: String?

  @Option(name: .customLong("as-of"), help: HelpText.help("cli.option.as-of", valueName: "date"))
  var asOf: String

  @OptionGroup var known: KnownOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> CommandStatus {
    guard let day = CalendarDate(asOf) else {
      throw Diagnostic("cli.usage.date", at: SourcePlace(file: "--as-of"), ["text": asOf])
    }
    let rulebook = try Rulebook.sound(pack)
    let data = try rulebook.subjectData(at: self.data, asOf: day, known)
    let region = Region(
      rulebook: rulebook, population: data.population, facts: data.facts, asOf: day,
      isSynthetic: data.provenance?.isSynthetic ?? false, archive: data.archive)
    let key = try rulebook.subjectKey(subject, in: data.facts, of: self.data)
    guard let portrait = try await region.portrait(of: key, asOf: day) else { return .problems }
    if output.json {
      console.print(portrait.json(in: console.language))
    } else {
      PortraitReport(portrait: portrait).write(to: console)
    }
    return .fine
  }
}
