import ArgumentParser
import Diagnostics
import JSON
import Policy
import Store

struct CheckCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "check", abstract: HelpText.of("cli.check.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.several-packs"))
  var packs: [String]

  @Flag(help: HelpText.help("cli.option.watch"))
  var watch = false

  @Flag(help: HelpText.help("cli.option.plan"))
  var plan = false

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> CommandStatus {
    let paths = try PackArguments.packs(among: packs)
    if watch { return await PackWatch(paths: paths, console: console).run { await check(paths, on: console) } }
    if paths.count == 1 { return try check(paths[0], on: console) }
    return await check(paths, on: console)
  }

  /// Checks packs beside each other; one that cannot be read does not keep the others back.
  private func check(_ paths: [String], on console: Console) async -> CommandStatus {
    var statuses: [CommandStatus] = []
    var answers: [JSONValue] = []
    for (path, outcome) in zip(paths, await outcomes(of: paths)) {
      do throws(Refusal) {
        let report = try outcome.get()
        statuses.append(report.status)
        if output.json {
          answers.append(report.json(in: console.language))
        } else {
          if paths.count > 1, statuses.count > 1 { console.print() }
          report.write(to: console)
        }
      } catch {
        statuses.append(output.json ? CommandStatus(error.diagnostics) : console.report(error, asJSON: false))
        answers.append([
          "path": .string(path), "diagnostics": .array(error.diagnostics.map { $0.json(in: console.language) }),
        ])
      }
    }
    if output.json { console.print(["packs": .array(answers)]) }
    return statuses.worst
  }

  private func outcomes(of paths: [String]) async -> [Result<CheckReport, Refusal>] {
    await withTaskGroup { group in
      for (index, path) in paths.enumerated() {
        group.addTask { (index, Result { () throws(Refusal) in try report(on: path) }) }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  private func check(_ path: String, on console: Console) throws(Refusal) -> CommandStatus {
    let report = try report(on: path)
    if output.json {
      console.print(report.json(in: console.language))
    } else {
      report.write(to: console)
    }
    return report.status
  }

  private func report(on path: String) throws(Refusal) -> CheckReport {
    let (rulebook, diagnostics) = try Rulebook.reading(path)
    return CheckReport(
      rulebook: rulebook, diagnostics: diagnostics, examples: rulebook.checkExamples(),
      plan: plan ? PlanReport(rulebook) : nil)
  }
}
