import ArgumentParser
import Diagnostics
import FEEL
import Policy
import Registry
import Store

/// By what was known when facts are read from a store.
struct KnownOptions: ParsableArguments {
  @Option(name: .customLong("known-on"), help: HelpText.help("cli.option.known-on", valueName: "date"))
  var knownOn: String?

  /// The moment that is asked for: a day, or the number of a batch; by default all that is known.
  func moment(in registry: RegistryStore, asOf: CalendarDate) throws(Diagnostic) -> Moment {
    guard let knownOn else { return Moment(asOf: asOf, known: try registry.lastBatch(upTo: nil)) }
    if let batch = Int(knownOn) {
      let last = try registry.lastBatch(upTo: nil)
      if (0...last).contains(batch) { return Moment(asOf: asOf, known: batch) }
      throw Diagnostic(
        "cli.usage.known", at: SourcePlace(file: "--known-on"), ["text": knownOn, "last": String(last)])
    }
    if let day = CalendarDate(knownOn) {
      return Moment(asOf: asOf, known: try registry.lastBatch(upTo: RecordedTime(endOf: day)))
    }
    throw Diagnostic("cli.usage.date", at: SourcePlace(file: "--known-on"), ["text": knownOn])
  }
}

/// The records of a store at one moment.
struct RegistryData {
  let registry: RegistryStore
  let moment: Moment
  private let rulebook: Rulebook

  /// - Throws: `store.database.…`, and what the dictionary would change.
  init(_ address: String, for rulebook: Rulebook, asOf: CalendarDate, _ known: KnownOptions? = nil) throws(Diagnostic) {
    try self.init(try RegistryStore.open(address), for: rulebook, asOf: asOf, known)
  }

  init(
    _ registry: RegistryStore, for rulebook: Rulebook, asOf: CalendarDate, _ known: KnownOptions? = nil
  ) throws(Diagnostic) {
    self.registry = registry
    try registry.prepare(for: rulebook.dictionary)
    if let known {
      moment = try known.moment(in: registry, asOf: asOf)
    } else {
      moment = Moment(asOf: asOf, known: try registry.lastBatch(upTo: nil))
    }
    self.rulebook = rulebook
  }

  /// Each record looked up when it is asked for.
  func reading() throws(Diagnostic) -> RegistryReading {
    try RegistryReading(registry, at: moment, by: rulebook.dictionary)
  }

  /// All records, as columns.
  func snapshot() throws(Diagnostic) -> Snapshot {
    try registry.snapshot(at: moment, by: rulebook.dictionary)
  }
}
