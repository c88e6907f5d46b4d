import ArgumentParser
import Diagnostics
import FEEL
import JSON
import Policy
import Registry
import Store

/// Records as a graph: what is around one, or who is on an industrial chain.
struct GraphCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "graph", abstract: HelpText.of("cli.graph.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @Option(help: HelpText.help("cli.option.data", valueName: "path"))
  var data: String

  @Option(help: HelpText.help("cli.option.graph-record", valueName: "name"))
  var record: String?

  @Option(help: HelpText.help("cli.option.graph-key", valueName: "key"))
  var key: String?

  @Option(help: HelpText.help("cli.option.graph-depth", valueName: "number"))
  var depth = 2

  @Option(help: HelpText.help("cli.option.graph-limit", valueName: "number"))
  var limit = 200

  @Option(help: HelpText.help("cli.option.graph-chain", valueName: "key"))
  var chain: String?

  @Option(help: HelpText.help("cli.option.graph-within", valueName: "code"))
  var within: String?

  @Option(name: .customLong("as-of"), help: HelpText.help("cli.option.store-as-of", valueName: "date"))
  var asOf: String?

  @OptionGroup var known: KnownOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    guard (key == nil) != (chain == nil), within == nil || chain != nil else {
      throw Diagnostic("cli.usage.graph", at: SourcePlace(file: key == nil ? "--chain" : "--key"))
    }
    try check(depth, in: 0...RecordGraph.deepest, "--depth")
    try check(limit, in: 1...RecordGraph.most, "--limit")
    let rulebook = try Rulebook.sound(pack)
    let reading = try registryReading(rulebook)
    let graph = RecordGraph(try reading?.facts ?? rulebook.subjectData(at: data).facts, rulebook.dictionary)
    if let chain { try tell(chain: chain, graph, reading, on: console) }
    if let key { try tell(key: key, of: try rulebook.recordType(record), graph, reading, on: console) }
    return .fine
  }

  private func check(_ number: Int, in range: ClosedRange<Int>, _ option: String) throws(Diagnostic) {
    if range.contains(number) { return }
    throw Diagnostic(
      "cli.usage.limit", at: SourcePlace(file: option),
      ["text": String(number), "least": String(range.lowerBound), "most": String(range.upperBound)])
  }

  /// The facts of a store; nil where they are in files.
  private func registryReading(_ rulebook: Rulebook) throws(Diagnostic) -> RegistryReading? {
    guard RegistryStore.isStore(at: data) else { return nil }
    return try RegistryData(data, for: rulebook, asOf: asOf.day() ?? DateTime.present().date, known).reading()
  }

  private func tell(
    key: String, of type: RecordType, _ graph: RecordGraph, _ reading: RegistryReading?, on console: Console
  ) throws(Diagnostic) {
    let found = graph.neighbourhood(of: type.name, key: key, depth: depth, limit: limit)
    let successions = graph.successions(of: type.name, key: key, limit: limit)
    if let problem = reading?.problem { throw problem }
    guard let found else { throw unknown(key, type.name) }
    let report = GraphReport(found, successions)
    output.json ? console.print(report.json) : report.write(to: console)
  }

  private func tell(
    chain key: String, _ graph: RecordGraph, _ reading: RegistryReading?, on console: Console
  ) throws(Diagnostic) {
    guard let type = graph.chainType else { throw Diagnostic("cli.graph.no-chains", at: SourcePlace(file: pack)) }
    let view = graph.chain(key, within: within)
    if let problem = reading?.problem { throw problem }
    guard let view else { throw unknown(key, type.name) }
    let report = ChainReport(view, limit: limit)
    output.json ? console.print(report.json) : report.write(to: console)
  }

  private func unknown(_ key: String, _ record: String) -> Diagnostic {
    Diagnostic("cli.graph.unknown", at: SourcePlace(file: data), ["record": record, "key": key])
  }
}

extension Rulebook {
  /// A record type by its name or id; the subject type for nil.
  func recordType(_ name: String?) throws(Diagnostic) -> RecordType {
    if let type = name.map({ dictionary[$0] ?? dictionary.type(withID: $0) }) ?? subjectType { return type }
    let near = nearWord(to: name ?? "", among: dictionary.types.flatMap { [$0.name, $0.id] }) ?? "—"
    throw Diagnostic(
      "policy.record.unknown", at: SourcePlace(file: "--record"), ["record": name ?? "—", "near": near])
  }
}

extension String? {
  /// The day that an option names; nil where it is left out.
  func day(_ option: String = "--as-of") throws(Diagnostic) -> CalendarDate? {
    guard let self else { return nil }
    if let day = CalendarDate(self) { return day }
    throw Diagnostic("cli.usage.date", at: SourcePlace(file: option), ["text": self])
  }
}
