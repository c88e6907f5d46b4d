import ArgumentParser
import Diagnostics
import FEEL
import JSON
import Policy
import Registry
import Store

/// Pairs of records that may be one.
struct DataDuplicatesCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "duplicates", abstract: HelpText.of("cli.data.duplicates.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @OptionGroup var store: StoreOptions

  @Option(help: HelpText.help("cli.option.graph-record", valueName: "name"))
  var record: String?

  @Option(help: HelpText.help("cli.option.graph-limit", valueName: "number"))
  var limit = 100

  @Option(name: .customLong("as-of"), help: HelpText.help("cli.option.store-as-of", valueName: "date"))
  var asOf: String?

  @OptionGroup var known: KnownOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    guard (1...Self.most).contains(limit) else {
      throw Diagnostic(
        "cli.usage.limit", at: SourcePlace(file: "--limit"),
        ["text": String(limit), "least": "1", "most": String(Self.most)])
    }
    let rulebook = try Rulebook.sound(pack)
    let type = try rulebook.recordType(record)
    let data = try RegistryData(store.store, for: rulebook, asOf: asOf.day() ?? DateTime.present().date, known)
    defer { data.registry.close() }
    let report = try data.registry.duplicates(of: type, at: data.moment, limit: limit)
    if output.json {
      console.print(json(report, type))
    } else {
      tell(report, type, on: console)
    }
    return .fine
  }

  private static let most = 100_000

  private func tell(_ report: DuplicateReport, _ type: RecordType, on console: Console) {
    console.print(
      console.text(
        "cli.data.duplicates.found",
        ["record": type.name, "records": String(report.records), "pairs": String(report.pairs.count)]))
    for pair in report.pairs {
      console.print("\(pair.key)  \(pair.other)")
      for reason in pair.reasons {
        console.print("    " + console.text("cli.data.duplicates.\(reason.id)", reason.words))
      }
    }
    if report.common > 0 {
      console.print(console.text("cli.data.duplicates.common", ["names": String(report.common)]))
    }
  }

  private func json(_ report: DuplicateReport, _ type: RecordType) -> JSONValue {
    let pairs = report.pairs.map { pair -> JSONValue in
      let reasons = pair.reasons.map { reason -> JSONValue in
        .object(
          [.init("reason", .string(reason.id))]
            + reason.words.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
      }
      return ["key": .string(pair.key), "other": .string(pair.other), "reasons": .array(reasons)]
    }
    return [
      "record": .string(type.name), "records": .integer(report.records), "common": .integer(report.common),
      "pairs": .array(pairs),
    ]
  }
}

extension DuplicatePair.Reason {
  /// How messages and JSON call it.
  fileprivate var id: String {
    switch self {
    case .organisation: "organisation"
    case .sameName: "sameName"
    case .similarName: "similarName"
    }
  }

  fileprivate var words: [String: String] {
    switch self {
    case .organisation(let code): ["code": code]
    case .sameName(let name, let other): ["name": name, "other": other]
    case .similarName(let name, let other, let alike): ["name": name, "other": other, "alike": String(alike / 10)]
    }
  }
}

struct DataSameCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "same", abstract: HelpText.of("cli.data.same.abstract"))
  }

  @OptionGroup var decision: IdentityOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    try decision.record(.same, in: store, asJSON: output.json, on: console)
  }
}

struct DataDistinctCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "distinct", abstract: HelpText.of("cli.data.distinct.abstract"))
  }

  @OptionGroup var decision: IdentityOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    try decision.record(.distinct, in: store, asJSON: output.json, on: console)
  }
}

/// Two keys, and why somebody decides about them.
struct IdentityOptions: ParsableArguments {
  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @Argument(help: HelpText.help("cli.argument.key"))
  var key: String

  @Argument(help: HelpText.help("cli.argument.other-key"))
  var other: String

  @Option(help: HelpText.help("cli.option.graph-record", valueName: "name"))
  var record: String?

  @Option(help: HelpText.help("cli.option.reason", valueName: "text"))
  var reason: String

  func record(
    _ kind: IdentityDecision.Kind, in store: StoreOptions, asJSON: Bool, on console: Console
  ) throws -> CommandStatus {
    let rulebook = try Rulebook.sound(pack)
    let type = try rulebook.recordType(record)
    let registry = try store.open()
    defer { registry.close() }
    try registry.prepare(for: rulebook.dictionary)
    let batch = try registry.decide(kind, type, key, other, reason: reason, actor: store.actorName)
    if asJSON {
      console.print([
        "batch": .integer(batch), "kind": .string(kind.rawValue), "record": .string(type.name), "key": .string(key),
        "other": .string(other),
      ])
    } else {
      console.print(
        console.text("cli.data.\(kind.rawValue).done", ["batch": String(batch), "key": key, "other": other]))
    }
    return .fine
  }
}
