import API
import ArgumentParser
import Diagnostics
import FEEL
import JSON
import Policy
import Registry
import Store

/// A check-up by a store's facts, kept so that it can be replayed.
struct DecideCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "decide", abstract: HelpText.of("cli.decide.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @OptionGroup var store: StoreOptions

  @Option(help: HelpText.help("cli.option.subject-key", valueName: "key"))
  var subject: String

  @OptionGroup var evaluation: EvaluationOptions
  @OptionGroup var known: KnownOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let (folder, problems) = PackFolder.read(pack)
    guard let folder else { throw Refusal(problems) }
    let packs = KeptPacks(folder)
    let rulebook = try packs.soundRulebook
    let data = try RegistryData(store.store, for: rulebook, asOf: try evaluation.date(), known)
    defer { data.registry.close() }
    var decision = DecisionRecord(
      actor: store.actorName, pack: packs.digest, subject: subject, moment: data.moment,
      parameters: try evaluation.parameters(), schemes: try evaluation.schemes(of: rulebook).map { $0.sorted() },
      outcome: "")
    let checkUp = try rulebook.checkUp(of: decision, facts: try data.reading())
    decision.outcome = checkUp.json(in: .chinese).text(.compact)
    let id = try data.registry.record(decision, by: packs)
    if output.json {
      console.print([
        "decision": .integer(id), "pack": .string(packs.digest), "outcome": checkUp.json(in: console.language),
      ])
    } else {
      console.print(
        console.text(
          "cli.decide.done",
          ["id": String(id), "subject": checkUp.enterprise.display, "batch": String(data.moment.known)]))
      var columns = TextColumns(.left, .left, .right)
      for scheme in checkUp.schemes where scheme.verdict != .notApplicable {
        columns.add(scheme.scheme.name, scheme.verdict.text(in: console.language), scheme.amount?.amountText ?? "")
      }
      for line in columns.lines(indent: 2) { console.print(line) }
    }
    return .fine
  }
}

/// A decision made again, from the facts as they were known and the packs as they were.
struct ReplayCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "replay", abstract: HelpText.of("cli.replay.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.decision"))
  var decision: Int

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let registry = try store.open()
    defer { registry.close() }
    let record = try registry.decision(decision)
    let rulebook = try registry.packs(record.pack).soundRulebook
    let reading = try RegistryReading(registry, at: record.moment, by: rulebook.dictionary)
    let outcome = try rulebook.checkUp(of: record, facts: reading).json(in: .chinese).text(.compact)
    let isSame = outcome == record.outcome
    if output.json {
      console.print([
        "decision": .integer(record.id), "same": .boolean(isSame), "recorded": .string(record.recorded.description),
        "asOf": .string(record.moment.asOf.description), "known": .integer(record.moment.known),
        "pack": .string(record.pack), "outcome": try JSONNode.read(outcome, file: "outcome").value,
      ])
    } else {
      console.print(
        console.text(
          isSame ? "cli.replay.same" : "cli.replay.different",
          [
            "id": String(record.id), "time": record.recorded.description,
            "date": record.moment.asOf.description, "batch": String(record.moment.known),
          ]))
    }
    return isSame ? .fine : .problems
  }
}

extension KeptPacks {
  /// - Throws: every error of the packs.
  fileprivate var soundRulebook: Rulebook {
    get throws(Refusal) {
      let (rulebook, diagnostics) = rulebook
      let errors = diagnostics.filter { $0.severity == .error }
      guard errors.isEmpty else { throw Refusal(errors) }
      return rulebook
    }
  }
}

extension Rulebook {
  /// What a decision comes to, by facts that are looked up.
  fileprivate func checkUp(of decision: DecisionRecord, facts reading: RegistryReading) throws(Diagnostic) -> CheckUp {
    var checkUp = try checkUp(
      of: decision.subject, facts: reading.facts, asOf: decision.moment.asOf, parameters: decision.parameters)
    if let problem = reading.problem { throw problem }
    if let wanted = decision.schemes { checkUp.schemes.removeAll { !wanted.contains($0.scheme.name) } }
    return checkUp
  }
}
