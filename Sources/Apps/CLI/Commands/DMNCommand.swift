import ArgumentParser
import DMN
import Diagnostics
import FEEL
import JSON
import Policy
import Portal
import Store

/// Packs out to DMN XML, and DMN XML in.
struct DMNCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "dmn", abstract: HelpText.of("cli.dmn.abstract"),
      subcommands: [DMNExportCommand.self, DMNImportCommand.self])
  }
}

struct DMNExportCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "export", abstract: HelpText.of("cli.dmn.export.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @Option(name: .customLong("as-of"), help: HelpText.help("cli.option.governed-by", valueName: "date"))
  var asOf: String?

  @Option(help: HelpText.help("cli.option.dmn-out", valueName: "file"))
  var out: String?

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let date = try date()
    let model = try Rulebook.sound(pack).decisionModel(governedBy: date)
    guard let out else {
      console.print(model.xml)
      return .fine
    }
    try OutputFolder.write(model.xml, to: out)
    let counts = [
      "out": out, "date": date.description, "decisions": String(model.decisions.count),
      "elements": String(model.elements.count),
    ]
    if output.json {
      console.print(["out": .string(out), "decisions": .integer(model.decisions.count)])
    } else {
      console.print(console.text("cli.dmn.exported", counts))
    }
    return .fine
  }

  private func date() throws(Diagnostic) -> CalendarDate {
    guard let asOf else { return Server.dayInChina() }
    if let date = CalendarDate(asOf) { return date }
    throw Diagnostic("cli.usage.date", at: SourcePlace(file: "--as-of"), ["text": asOf])
  }
}

struct DMNImportCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "import", abstract: HelpText.of("cli.dmn.import.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.dmn"))
  var files: [String]

  @Option(help: HelpText.help("cli.option.out", valueName: "folder"))
  var out: String

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if files.isEmpty { throw ValidationError(HelpText.of("cli.usage.dmn")) }
  }

  func perform(on console: Console) throws -> CommandStatus {
    var sources: [ModelFile] = []
    for file in files {
      sources.append(ModelFile(name: file, bytes: try TextFile.bytes(path: file, maximumSize: Self.maximumSize)))
    }
    let models = ModelFiles(reading: sources)
    guard let model = models.linked(file: files[0]) else {
      throw Refusal(models.diagnostics.filter { $0.severity == .error })
    }
    let (pack, diagnostics) = PackSource.importing(model)
    try OutputFolder.create(out)
    for file in pack.files { try OutputFolder.write(file.text, to: OutputFolder.path(file.path, in: out)) }
    if output.json {
      console.print([
        "out": .string(out), "diagnostics": .array(diagnostics.map { $0.json(in: console.language) }),
      ])
    } else {
      for diagnostic in diagnostics { console.print(diagnostic.description(in: console.language)) }
      console.print(
        console.text(
          "cli.dmn.imported",
          ["out": out, "decisions": String(model.model.decisions.count), "notes": String(diagnostics.count)]))
    }
    return .fine
  }

  private static let maximumSize = 16 << 20
}
