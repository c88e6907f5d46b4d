import ArgumentParser
import Diagnostics
import FEEL
import JSON
import Policy
import Population
import Store

/// Facts of many subjects, apart from what is decided about them.
struct DataCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "data", abstract: HelpText.of("cli.data.abstract"),
      subcommands: [
        DataSnapshotCommand.self, DataTemplateCommand.self, DataImportCommand.self, DataShapesCommand.self,
        DataExportCommand.self, DataHistoryCommand.self, DataDuplicatesCommand.self, DataSameCommand.self,
        DataDistinctCommand.self,
      ])
  }
}

struct DataSnapshotCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "snapshot", abstract: HelpText.of("cli.data.snapshot.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @Option(help: HelpText.help("cli.option.data-or-columns", valueName: "path"))
  var data: String

  @Option(help: HelpText.help("cli.option.columns-out", valueName: "file"))
  var out: String

  @Option(name: .customLong("as-of"), help: HelpText.help("cli.option.store-as-of", valueName: "date"))
  var asOf: String?

  @OptionGroup var known: KnownOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let rulebook = try Rulebook.sound(pack)
    let snapshot = try snapshot(by: rulebook)
    let path = try snapshot.write(to: out, by: rulebook.dictionary)
    tell(snapshot, path, on: console)
    return .fine
  }

  private func snapshot(by rulebook: Rulebook) throws -> Snapshot {
    if RegistryStore.isStore(at: data) {
      return try RegistryData(data, for: rulebook, asOf: asOf.day() ?? DateTime.present().date, known).snapshot()
    }
    let (snapshot, diagnostics) = Snapshot.read(at: data, by: rulebook.dictionary)
    guard let snapshot else { throw Refusal(diagnostics) }
    return snapshot
  }

  private func tell(_ snapshot: Snapshot, _ path: String, on console: Console) {
    let tables = snapshot.population.tables.values.sorted { $0.type < $1.type }
    if output.json {
      let rows = tables.map { table -> JSONValue in
        ["record": .string(table.type), "rows": .integer(table.count), "columns": .integer(table.columns.count)]
      }
      console.print(["out": .string(path), "tables": .array(rows)])
      return
    }
    console.print(console.text("cli.data.snapshot.done", ["out": path]))
    var columns = TextColumns(.left, .right, .right)
    for table in tables { columns.add(table.type, String(table.count), String(table.columns.count)) }
    for line in columns.lines(indent: 2) { console.print(line) }
  }
}
