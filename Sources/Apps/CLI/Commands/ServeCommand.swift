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

  @Option(help: HelpText.help("cli.option.data", valueName: "path"))
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
    let stores = try served()
    let shelf = RegionShelf(stores.isEmpty ? try regions() : stores.map(\.first))
    let server = Server(regions: shelf, host: host, port: port)
    let ready = console.text("cli.serve.ready", ["address": server.address])
    let line = ReadyLine(text: ready)
    try await server.run {
      line.print()
      Task.detached {
        for region in shelf.regions { await region.prepare(today: Server.dayInChina()) }
        await ServedStore.keep(stores, on: shelf)
      }
    }
    return .fine
  }

  /// The packs named, or those of the folder `packs` that no other one uses; with the data, where it is theirs.
  func regions() throws -> [Region] {
    let books = try rulebooks()
    guard let data else { return books.map { Region(rulebook: $0) } }
    return try books.map { try Region.serving($0, data: data) }
  }

  /// What keeps the regions up to date: one for each of them where the data is a store.
  private func served() throws -> [ServedStore] {
    guard let data, RegistryStore.isStore(at: data) else { return [] }
    let registry = try RegistryStore.open(data)
    return try rulebooks().map { try ServedStore($0, registry) }
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

extension Region {
  /// A pack with the data of a folder or a column file, where it is the pack's.
  static func serving(_ book: Rulebook, data path: String) throws -> Region {
    let isColumnFile = Snapshot.isColumnFile(at: path)
    let provenance =
      try isColumnFile ? Snapshot.provenance(ofColumnFile: path) : Provenance.read(from: path)
    if let pack = provenance?.pack, pack != book.main.id { return Region(rulebook: book) }
    let asOf = provenance?.asOf, isSynthetic = provenance?.isSynthetic ?? false
    guard isColumnFile else {
      return Region(rulebook: book, facts: try book.facts(at: path), asOf: asOf, isSynthetic: isSynthetic)
    }
    let data = try book.subjectData(at: path)
    return Region(
      rulebook: book, population: data.population, facts: data.facts, asOf: asOf, isSynthetic: isSynthetic)
  }
}

/// Says where the pages are, once they are.
private struct ReadyLine: Sendable {
  let text: String

  func print() { Console.standard.print(text) }
}
