import ArgumentParser
import Diagnostics
import FEEL
import JSON
import Policy
import Registry
import Store

struct DataExportCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "export", abstract: HelpText.of("cli.data.export.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @OptionGroup var store: StoreOptions

  @Option(name: .customLong("as-of"), help: HelpText.help("cli.option.as-of", valueName: "date"))
  var asOf: String

  @OptionGroup var known: KnownOptions

  @Option(help: HelpText.help("cli.option.record", valueName: "name"))
  var record: [String] = []

  @Option(help: HelpText.help("cli.option.folder-out", valueName: "folder"))
  var out: String

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    guard let day = CalendarDate(asOf) else {
      throw Diagnostic("cli.usage.date", at: SourcePlace(file: "--as-of"), ["text": asOf])
    }
    let rulebook = try Rulebook.sound(pack)
    let data = try RegistryData(store.store, for: rulebook, asOf: day, known)
    defer { data.registry.close() }
    let counts = try data.registry.export(
      try types(of: rulebook), at: data.moment, pack: rulebook.main.id, to: out)
    if output.json {
      console.print([
        "out": .string(out), "asOf": .string(day.description), "known": .integer(data.moment.known),
        "tables": .array(counts.map { ["record": .string($0.record), "rows": .integer($0.rows)] }),
      ])
      return .fine
    }
    console.print(
      console.text(
        "cli.data.export.done", ["out": out, "date": day.description, "batch": String(data.moment.known)]))
    var columns = TextColumns(.left, .right)
    for (record, rows) in counts { columns.add(record, String(rows)) }
    for line in columns.lines(indent: 2) { console.print(line) }
    return .fine
  }

  private func types(of rulebook: Rulebook) throws(Diagnostic) -> [RecordType] {
    let all = rulebook.dictionary.types
    if record.isEmpty { return all }
    var types: [RecordType] = []
    for name in record {
      guard let type = all.first(where: { $0.name == name || $0.id == name }) else {
        let near = nearWord(to: name, among: all.flatMap { [$0.name, $0.id] }) ?? "—"
        throw Diagnostic("cli.usage.word", at: SourcePlace(file: "--record"), ["word": name, "near": near])
      }
      types.append(type)
    }
    return types
  }
}
