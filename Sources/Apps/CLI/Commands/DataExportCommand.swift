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

  @Option(help: HelpText.help("cli.option.export-out", valueName: "path"))
  var out: String

  @Option(help: HelpText.help("cli.option.export-format", valueName: "word"))
  var format: String = Format.csv.rawValue

  @Flag(name: .customLong("guard-formulas"), help: HelpText.help("cli.option.guard-formulas"))
  var guardFormulas = false

  /// The form of the files.
  private enum Format: String, CaseIterable { case csv, xlsx }

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    guard let day = CalendarDate(asOf) else {
      throw Diagnostic("cli.usage.date", at: SourcePlace(file: "--as-of"), ["text": asOf])
    }
    let rulebook = try Rulebook.sound(pack)
    let data = try RegistryData(store.store, for: rulebook, asOf: day, known)
    defer { data.registry.close() }
    let counts = try export(try types(of: rulebook), rulebook.main.id, data, console.language)
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

  private func export(
    _ types: [RecordType], _ pack: String, _ data: RegistryData, _ language: Language
  ) throws -> [(record: String, rows: Int)] {
    switch Format(rawValue: format) {
    case .csv:
      return try data.registry.export(
        types, at: data.moment, pack: pack, to: out, guardsFormulas: guardFormulas)
    case .xlsx:
      try SheetPath.check(out)
      return try data.registry.exportWorkbook(types, at: data.moment, pack: pack, to: out, language: language)
    case nil:
      let words = Format.allCases.map(\.rawValue).joined(separator: ", ")
      throw Diagnostic("cli.usage.word", at: SourcePlace(file: "--format"), ["word": format, "near": words])
    }
  }

  private func types(of rulebook: Rulebook) throws(Diagnostic) -> [RecordType] {
    if record.isEmpty { return rulebook.dictionary.types }
    var types: [RecordType] = []
    for name in record { types.append(try rulebook.recordType(named: name)) }
    return types
  }
}
