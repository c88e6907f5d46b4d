import ArgumentParser
import Diagnostics
import FEEL
import JSON
import Policy
import Registry
import Store

/// The database that keeps the registry.
struct StoreCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "store", abstract: HelpText.of("cli.store.abstract"),
      subcommands: [
        StoreInitCommand.self, StoreBatchesCommand.self, StoreWithdrawCommand.self, StoreCheckCommand.self,
        StoreBackupCommand.self, StoreRestoreCommand.self, StoreCopyCommand.self,
      ])
  }
}

struct StoreInitCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "init", abstract: HelpText.of("cli.store.init.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let rulebook = try Rulebook.sound(pack)
    let registry = try store.open(for: rulebook, creates: true)
    defer { registry.close() }
    if output.json {
      console.print(["store": .string(registry.address), "types": .integer(rulebook.dictionary.types.count)])
    } else {
      console.print(
        console.text(
          "cli.store.init.done",
          ["store": registry.address, "types": String(rulebook.dictionary.types.count)]))
    }
    return .fine
  }
}

struct StoreBatchesCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "batches", abstract: HelpText.of("cli.store.batches.abstract"))
  }

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let registry = try store.open()
    defer { registry.close() }
    let batches = try registry.allBatches()
    if output.json {
      console.print(.array(batches.map(json)))
      return .fine
    }
    var columns = TextColumns(.right, .left, .left, .right, .left)
    for batch in batches {
      let about = batch.withdraws.map { console.text("cli.store.batches.withdraws", ["batch": String($0)]) } ?? ""
      columns.add(
        String(batch.id), batch.recorded.description, batch.source.title, String(batch.rows), "\(about)\(batch.origin)")
    }
    for line in columns.lines(indent: 0) { console.print(line) }
    return .fine
  }

  private func json(_ batch: Batch) -> JSONValue {
    [
      "id": .integer(batch.id), "source": .string(batch.source.id), "title": .string(batch.source.title),
      "authority": .string(batch.source.authority.rawValue), "recorded": .string(batch.recorded.description),
      "confidence": .string(batch.confidence.rawValue), "from": .optional(batch.validity.from?.description),
      "to": .optional(batch.validity.to?.description), "origin": .string(batch.origin), "actor": .string(batch.actor),
      "digest": .string(batch.digest), "rows": .integer(batch.rows),
      "withdraws": batch.withdraws.map { .integer($0) } ?? .null,
    ]
  }
}

struct StoreWithdrawCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "withdraw", abstract: HelpText.of("cli.store.withdraw.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.batch"))
  var batch: Int

  @Option(help: HelpText.help("cli.option.reason", valueName: "text"))
  var reason: String

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let registry = try store.open()
    defer { registry.close() }
    let number = try registry.withdraw(batch, reason: reason, actor: store.actorName)
    if output.json {
      console.print(["batch": .integer(number), "withdraws": .integer(batch)])
    } else {
      console.print(
        console.text("cli.store.withdraw.done", ["batch": String(batch), "number": String(number)]))
    }
    return .fine
  }
}
