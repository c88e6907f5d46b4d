import API
import ArgumentParser
import Diagnostics
import Policy
import Portal
import Store

struct ServeCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "serve", abstract: HelpText.of("cli.serve.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.packs"))
  var packs: [String] = []

  @Option(help: HelpText.help("cli.option.data", valueName: "folder"))
  var data: String?

  @Option(help: HelpText.help("cli.option.host", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: HelpText.help("cli.option.port", valueName: "number"))
  var port = 8080

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if !(1...65_535).contains(port) { throw ValidationError(HelpText.of("cli.usage.port")) }
  }

  func perform(on console: Console) async throws -> CommandStatus {
    let regions = try regions()
    let server = Server(regions: regions, host: host, port: port)
    let ready = console.text("cli.serve.ready", ["address": server.address])
    let line = ReadyLine(text: ready)
    try await server.run {
      line.print()
      Task.detached {
        for region in regions { await region.simulations.prepare(asOf: region.asOf ?? Server.dayInChina()) }
      }
    }
    return .fine
  }

  /// The packs named, or those of the folder `packs` that no other one uses; with the data, where it is theirs.
  func regions() throws -> [Region] {
    let books = try rulebooks()
    guard let data else { return books.map { Region(rulebook: $0) } }
    let provenance = try Provenance.read(from: data)
    return try books.map { book in
      if let pack = provenance?.pack, pack != book.main.id { return Region(rulebook: book) }
      return Region(
        rulebook: book, facts: try book.facts(at: data), asOf: provenance?.asOf,
        isSynthetic: provenance?.isSynthetic ?? false)
    }
  }

  private func rulebooks() throws -> [Rulebook] {
    if !packs.isEmpty { return try packs.map { try Rulebook.sound($0) } }
    let paths = PackFolder.folders(in: "packs")
    if paths.isEmpty { throw Diagnostic("cli.usage.packs", at: SourcePlace(file: "packs")) }
    let books = try paths.map { try Rulebook.sound($0) }
    let used = Set(books.flatMap { $0.used.map(\.id) })
    return books.filter { !used.contains($0.main.id) }
  }
}

/// Says where the pages are, once they are.
private struct ReadyLine: Sendable {
  let text: String

  func print() { Console.standard.print(text) }
}
