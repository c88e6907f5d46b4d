import ArgumentParser
import Diagnostics
import JSON
import Registry
import Store
import Tabulation

/// How the tables of sources are read.
struct DataShapesCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "shapes", abstract: HelpText.of("cli.data.shapes.abstract"))
  }

  @OptionGroup var store: StoreOptions

  @Option(help: HelpText.help("cli.option.shapes-source", valueName: "id"))
  var source: String?

  @Option(help: HelpText.help("cli.option.shapes-record", valueName: "id"))
  var record: String?

  @Flag(help: HelpText.help("cli.option.forget"))
  var forget = false

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let registry = try store.open()
    defer { registry.close() }
    if forget { return try forget(in: registry, console) }
    let shapes = try registry.shapes(of: source, type: record)
    if output.json {
      console.print(.array(shapes.map(\.json)))
      return .fine
    }
    if shapes.isEmpty { console.print(console.text("cli.data.shapes.none")) }
    for shape in shapes { tell(shape, on: console) }
    return .fine
  }

  private func forget(in registry: RegistryStore, _ console: Console) throws -> CommandStatus {
    guard let source else { throw Diagnostic("cli.shapes.source", at: SourcePlace(file: "--forget")) }
    let count = try registry.forgetShapes(of: source, type: record, actor: store.actorName)
    if output.json {
      console.print(["source": .string(source), "forgotten": .integer(count)])
    } else {
      console.print(console.text("cli.data.shapes.forgotten", ["source": source, "count": String(count)]))
    }
    return .fine
  }

  private func tell(_ known: RememberedShape, on console: Console) {
    let sheet = known.shape.sheet.isEmpty ? "" : "[\(known.shape.sheet)]"
    console.print(
      console.text(
        "cli.data.shapes.head",
        [
          "source": known.source, "record": known.shape.record, "sheet": sheet,
          "rows": known.shape.headerRows, "time": known.recorded.description, "actor": known.actor,
        ]))
    for line in known.shape.lines(in: console.language) { console.print(line) }
  }
}

extension RememberedShape {
  fileprivate var json: JSONValue {
    [
      "source": .string(source), "record": .string(shape.record), "sheet": .string(shape.sheet),
      "firstHeaderRow": .integer(shape.firstHeaderRow), "lastHeaderRow": .integer(shape.lastHeaderRow),
      "columns": shape.columnsJSON, "recorded": .string(recorded.description), "actor": .string(actor),
    ]
  }
}
