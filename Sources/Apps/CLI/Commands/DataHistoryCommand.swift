import ArgumentParser
import Diagnostics
import FEEL
import JSON
import Policy
import Registry
import Store

/// What a field of a record was on which days, by whom, and what else was said of it.
struct DataHistoryCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "history", abstract: HelpText.of("cli.data.history.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @OptionGroup var store: StoreOptions

  @Option(help: HelpText.help("cli.option.graph-record", valueName: "name"))
  var record: String?

  @Option(help: HelpText.help("cli.option.graph-key", valueName: "key"))
  var key: String

  @Option(help: HelpText.help("cli.option.history-field", valueName: "name"))
  var field: String?

  @Option(name: .customLong("as-of"), help: HelpText.help("cli.option.store-as-of", valueName: "date"))
  var asOf: String?

  @OptionGroup var known: KnownOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let rulebook = try Rulebook.sound(pack)
    let type = try rulebook.recordType(record)
    let name = field ?? type.display ?? type.key
    guard let field = type.field(named: name), field.years == nil else {
      throw Diagnostic(
        "cli.data.history.field", at: SourcePlace(file: "--field"), ["record": type.name, "field": name])
    }
    let day = try asOf.day() ?? DateTime.present().date
    let data = try RegistryData(store.store, for: rulebook, asOf: day, known)
    defer { data.registry.close() }
    let history = try data.registry.history(of: key, type, by: data.moment.known)
    guard !history.statements.isEmpty else {
      throw Diagnostic(
        "cli.graph.unknown", at: SourcePlace(file: data.registry.address), ["record": type.name, "key": key])
    }
    let spans = history.timeline(of: field.name), others = history.otherValues(of: field.name, on: day)
    if output.json {
      console.print([
        "record": .string(type.name), "key": .string(history.key), "field": .string(field.name),
        "spans": .array(spans.map { json($0, field) }), "others": .array(others.map { .object(members($0, field)) }),
      ])
      return .fine
    }
    console.print(
      console.text("cli.data.history.title", ["record": type.name, "key": history.key, "field": field.name]))
    var columns = TextColumns(.left, .left, .left)
    for span in spans { columns.add(span.days.text, text(span.cell, field), said(span.reading)) }
    for line in columns.lines(indent: 2) { console.print(line) }
    if !others.isEmpty { console.print(console.text("cli.data.history.others")) }
    for reading in others { console.print("  \(text(reading.cell, field))  \(said(reading))") }
    return .fine
  }

  private func text(_ cell: FactRow.Cell, _ field: Field) -> String {
    switch cell {
    case .value(let value): field.type.text(of: value)
    case .reference(let key): key
    case .none, .annual: "—"
    }
  }

  private func said(_ reading: StandingRecord.Reading) -> String {
    let statement = reading.statement
    let key = statement.otherKey.map { " [\($0)]" } ?? ""
    return "\(statement.batch.source.title)#\(statement.batch.id):\(statement.id)\(key)"
  }

  private func json(_ span: FieldSpan, _ field: Field) -> JSONValue {
    .object(
      [
        .init("from", .optional(span.days.from?.description)), .init("to", .optional(span.days.to?.description)),
      ] + members(span.reading, field))
  }

  private func members(_ reading: StandingRecord.Reading, _ field: Field) -> [JSONValue.Member] {
    let statement = reading.statement
    return [
      .init("value", .string(text(reading.cell, field))), .init("source", .string(statement.batch.source.id)),
      .init("batch", .integer(statement.batch.id)), .init("statement", .integer(statement.id)),
      .init("recorded", .string(statement.batch.recorded.description)), .init("key", .optional(statement.otherKey)),
    ]
  }
}

extension Validity {
  /// `2024-01-01..2025-01-01`, the second no longer part of it.
  fileprivate var text: String { "\(from?.description ?? "")..\(to?.description ?? "")" }
}
