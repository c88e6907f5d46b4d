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
    let key = try subjectKey(in: facts, rulebook)
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

  /// The record named by key or name, or the only one there is.
  private func subjectKey(in facts: Facts, _ rulebook: Rulebook) throws(Diagnostic) -> String {
    let rows = facts[rulebook.subjectType?.name ?? ""]?.rows ?? FactRows()
    let place = SourcePlace(file: self.facts)
    guard let subject else {
      if rows.count == 1 { return rows[0].key }
      let some = rows.prefix(5).map { rulebook.reference(to: $0) }.map { "\($0.key) \($0.display)" }
      throw Diagnostic(
        "cli.usage.subject", at: place,
        [
          "count": String(rows.count), "record": rulebook.subjectType?.name ?? "—",
          "some": some.joined(separator: ", "),
        ])
    }
    if facts.record(rulebook.subjectType?.name ?? "", key: subject) != nil { return subject }
    let named = rows.filter { rulebook.reference(to: $0).display == subject }
    if named.count == 1 { return named[0].key }
    let names = rows.prefix(2000).map { rulebook.reference(to: $0) }.flatMap { [$0.key, $0.display] }
    throw Diagnostic(
      "cli.explain.subject", at: place, ["subject": subject, "near": nearWord(to: subject, among: names) ?? "—"])
  }
}
