import ArgumentParser
import Diagnostics
import JSON
import Store

/// The log of every change to a store.
struct AuditCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "audit", abstract: HelpText.of("cli.audit.abstract"),
      subcommands: [AuditVerifyCommand.self, AuditExportCommand.self])
  }
}

struct AuditVerifyCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "verify", abstract: HelpText.of("cli.audit.verify.abstract"))
  }

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let registry = try store.open()
    defer { registry.close() }
    let verification = try registry.verifyAudit()
    if output.json {
      console.print([
        "entries": .integer(verification.count), "head": .string(verification.head),
        "diagnostics": .array(verification.problems.map { $0.json(in: console.language) }),
      ])
    } else {
      for problem in verification.problems { console.complain(problem.description(in: console.language)) }
      let key = verification.problems.isEmpty ? "cli.audit.verify.sound" : "cli.audit.verify.broken"
      console.print(
        console.text(
          key,
          [
            "entries": String(verification.count), "head": verification.head,
            "problems": String(verification.problems.count),
          ]))
    }
    return verification.problems.isEmpty ? .fine : .problems
  }
}

/// One JSON object in a line for each entry: what an auditor needs to follow the hashes without this program.
struct AuditExportCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "export", abstract: HelpText.of("cli.audit.export.abstract"))
  }

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let registry = try store.open()
    defer { registry.close() }
    try registry.forEachAuditEntry { console.print($0.json.text(.compact)) }
    return .fine
  }
}
