import API
import ArgumentParser
import Diagnostics
import FEEL
import Policy
import Registry
import Store

struct ExplainCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "explain", abstract: HelpText.of("cli.explain.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @Option(help: HelpText.help("cli.option.facts", valueName: "file"))
  var facts: String

  @Option(help: HelpText.help("cli.option.subject", valueName: "key"))
  var subject: String?

  @OptionGroup var evaluation: EvaluationOptions
  @OptionGroup var known: KnownOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let date = try evaluation.date(), parameters = try evaluation.parameters()
    let rulebook = try Rulebook.sound(pack)
    let wanted = try evaluation.schemes(of: rulebook)
    let reading = try registryReading(rulebook, date)
    let facts = try reading?.facts ?? rulebook.facts(at: facts)
    let key = try rulebook.subjectKey(subject, in: facts, of: self.facts)
    var checkUp = try rulebook.checkUp(of: key, facts: facts, asOf: date, parameters: parameters)
    if let problem = reading?.problem { throw problem }
    if let wanted { checkUp.schemes.removeAll { !wanted.contains($0.scheme.name) } }
    if output.json {
      console.print(checkUp.json(in: console.language))
    } else {
      var report = ExplainReport(checkUp: checkUp, pack: rulebook.main)
      report.write(to: console)
    }
    return .fine
  }

  /// The facts of a store; nil where they are in files.
  private func registryReading(_ rulebook: Rulebook, _ date: CalendarDate) throws(Diagnostic) -> RegistryReading? {
    guard RegistryStore.isStore(at: facts) else { return nil }
    return try RegistryData(facts, for: rulebook, asOf: date, known).reading()
  }
}
