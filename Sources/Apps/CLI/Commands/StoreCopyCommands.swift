import ArgumentParser
import Diagnostics
import JSON
import Store

struct StoreCheckCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "check", abstract: HelpText.of("cli.store.check.abstract"))
  }

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let registry = try store.open()
    defer { registry.close() }
    let report = try registry.check()
    for problem in report.problems where !output.json { console.complain(problem.description(in: console.language)) }
    report.tell(report.problems.isEmpty ? "cli.store.check.sound" : "cli.store.check.broken", output, console)
    return report.problems.isEmpty ? .fine : .problems
  }
}

/// A copy in a file, of a store of either kind.
struct StoreBackupCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "backup", abstract: HelpText.of("cli.store.backup.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.backup"))
  var file: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let registry = try store.open()
    defer { registry.close() }
    try registry.backUp(to: file).tell("cli.store.backup.done", output, console, to: file)
    return .fine
  }
}

struct StoreRestoreCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "restore", abstract: HelpText.of("cli.store.restore.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.backup"))
  var file: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let backup = try RegistryStore.open(file)
    defer { backup.close() }
    try backup.copy(to: RegistryStore.shown(store.store)).tell(
      "cli.store.restore.done", output, console, to: RegistryStore.shown(store.store))
    return .fine
  }
}

struct StoreCopyCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "copy", abstract: HelpText.of("cli.store.copy.abstract"))
  }

  @OptionGroup var store: StoreOptions

  @Option(help: HelpText.help("cli.option.copy-to", valueName: "address"))
  var to: String

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let registry = try store.open()
    defer { registry.close() }
    try registry.copy(to: to).tell("cli.store.copy.done", output, console, to: RegistryStore.shown(to))
    return .fine
  }
}

extension RegistryStore.CheckReport {
  fileprivate func tell(_ key: String, _ output: OutputOptions, _ console: Console, to address: String = "") {
    if output.json {
      console.print([
        "rows": .integer(rows), "digest": .string(digest),
        "diagnostics": .array(problems.map { $0.json(in: console.language) }),
      ])
    } else {
      console.print(
        console.text(
          key,
          ["rows": String(rows), "digest": digest, "problems": String(problems.count), "address": address]))
    }
  }
}
