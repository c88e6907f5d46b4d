import ArgumentParser
import Diagnostics
import FEEL
import Policy
import Store

/// A command that can be carried out on any console.
protocol ConsoleCommand: ParsableCommand {
  var output: OutputOptions { get }

  /// - Throws: a ``Refusal`` or a `Diagnostic` when nothing could be done.
  func perform(on console: Console) async throws -> CommandStatus
}

/// How answers are written.
struct OutputOptions: ParsableArguments {
  @Flag(help: HelpText.help("cli.option.json"))
  var json = false

  @Flag(help: HelpText.help("cli.option.english"))
  var english = false
}

/// What an evaluation depends on beside pack and facts.
struct EvaluationOptions: ParsableArguments {
  @Option(name: .customLong("as-of"), help: HelpText.help("cli.option.as-of", valueName: "date"))
  var asOf: String

  @Option(help: HelpText.help("cli.option.set", valueName: "name=value"))
  var set: [String] = []

  @Option(help: HelpText.help("cli.option.scheme", valueName: "name"))
  var scheme: [String] = []

  func date() throws(Diagnostic) -> CalendarDate {
    if let date = CalendarDate(asOf) { return date }
    throw Diagnostic("cli.usage.date", at: SourcePlace(file: "--as-of"), ["text": asOf])
  }

  /// Overrides by parameter name or id.
  func parameters() throws(Diagnostic) -> [String: String] { try set.settings() }

  /// The schemes asked for; nil for all.
  func schemes(of rulebook: Rulebook) throws(Diagnostic) -> Set<String>? { try rulebook.schemes(named: scheme) }
}

extension [String] {
  /// `name=value`, each name once.
  func settings() throws(Diagnostic) -> [String: String] {
    var parameters: [String: String] = [:]
    for text in self {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, parameters.updateValue(parts[1], forKey: parts[0]) == nil else {
        throw Diagnostic("cli.usage.set", at: SourcePlace(file: "--set"), ["text": text])
      }
    }
    return parameters
  }
}

extension Rulebook {
  /// Schemes by their names; nil for none named.
  func schemes(named wanted: [String]) throws(Diagnostic) -> Set<String>? {
    let names = schemes.map(\.name)
    for name in wanted where !names.contains(name) {
      let near = nearWord(to: name, among: names) ?? names.joined(separator: ", ")
      throw Diagnostic("cli.explain.scheme", at: SourcePlace(file: "--scheme"), ["name": name, "near": near])
    }
    return wanted.isEmpty ? nil : Set(wanted)
  }
}

extension Rulebook {
  /// A record type by its name or id.
  func recordType(named name: String) throws(Diagnostic) -> RecordType {
    let all = dictionary.types
    if let type = all.first(where: { $0.name == name || $0.id == name }) { return type }
    let near = nearWord(to: name, among: all.flatMap { [$0.name, $0.id] }) ?? all.map(\.name).joined(separator: "、")
    throw Diagnostic("cli.usage.word", at: SourcePlace(file: name), ["word": name, "near": near])
  }

  /// Reads the pack at `path` with the packs it uses.
  /// - Returns: the rulebook and what is wrong with it; errors included.
  static func reading(_ path: String) throws(Refusal) -> (Rulebook, [Diagnostic]) {
    let (folder, problems) = PackFolder.read(path)
    guard let folder else { throw Refusal(problems) }
    let (rulebook, diagnostics) = Rulebook.read(folder.main, using: folder.used)
    return (rulebook, problems + diagnostics)
  }

  /// The same, when nothing may be wrong.
  static func sound(_ path: String) throws(Refusal) -> Rulebook {
    let (rulebook, diagnostics) = try reading(path)
    let errors = diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Refusal(errors) }
    return rulebook
  }
}
