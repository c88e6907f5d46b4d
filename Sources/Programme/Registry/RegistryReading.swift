public import Diagnostics
public import Policy
import Synchronization

/// The records of an archive at one moment, as the interpreter reads them: each is looked up when it is asked for.
///
/// Reading has no way to throw: where the archive fails, records count as unknown and ``problem`` says why. Whoever evaluates asks
/// for it afterwards, and does not use the outcome when there is one.
public final class RegistryReading: Sendable {
  public let moment: Moment
  public let facts: Facts
  private let failure: Failure

  /// What went wrong while records were looked up; nil when nothing did.
  public var problem: Diagnostic? { failure.first }

  /// - Throws: what the archive throws.
  public init(_ archive: any RecordArchive, at moment: Moment, by dictionary: DataDictionary) throws(Diagnostic) {
    self.moment = moment
    let failure = Failure()
    self.failure = failure
    var facts = Facts()
    for type in dictionary.types where try archive.isKnown(type, at: moment) {
      facts[type.name] = FactTable(StandingRecords(archive, type, moment, failure))
    }
    self.facts = facts
  }
}

/// The first thing that went wrong.
private final class Failure: Sendable {
  private let state = Mutex<Diagnostic?>(nil)

  var first: Diagnostic? { state.withLock { $0 } }

  /// - Returns: nil when the body throws, which is noted.
  func catching<R>(_ body: () throws(Diagnostic) -> R) -> R? {
    do {
      return try body()
    } catch {
      state.withLock { if $0 == nil { $0 = error } }
      return nil
    }
  }
}

/// The records of one type.
private final class StandingRecords: RecordSource {
  private let archive: any RecordArchive
  private let type: RecordType
  private let moment: Moment
  private let failure: Failure
  private let state = Mutex(State())

  /// What was looked up so far.
  private struct State {
    var keys: [String]?
    var positions: [String: Int] = [:]
    var records: [String: StandingRecord?] = [:]
  }

  /// Records are forgotten when there are more.
  private static let mostRecords = 4_096

  init(_ archive: any RecordArchive, _ type: RecordType, _ moment: Moment, _ failure: Failure) {
    (self.archive, self.type, self.moment, self.failure) = (archive, type, moment, failure)
  }

  var count: Int { keys.count }

  func key(at position: Int) -> String { keys[position] }

  func place(at position: Int) -> SourcePlace {
    place(of: record(at: position)?.readings[.init(field: type.key)]?.first)
  }

  func place(of field: String, at position: Int) -> SourcePlace {
    let readings = record(at: position)?.readings ?? [:]
    let own = readings.filter { $0.key.field == field }.max { ($0.key.year ?? 0) < ($1.key.year ?? 0) }
    return own.map { place(of: $0.value.first) } ?? place(at: position)
  }

  func cell(_ field: String, at position: Int) -> FactRow.Cell? { record(at: position)?.cells[field] }

  func cells(at position: Int) -> [String: FactRow.Cell] { record(at: position)?.cells ?? [:] }

  func position(of key: String) -> Int? {
    _ = keys
    if let known = state.withLock({ $0.positions[key] }) { return known }
    let main = failure.catching { () throws(Diagnostic) in try archive.mainKey(of: key, type, by: moment.known) }
    return main.flatMap { main in main == key ? nil : state.withLock { $0.positions[main] } }
  }

  func positions(where field: String, refersTo key: String) -> [Int] {
    guard let field = type.field(named: field) else { return [] }
    let known = failure.catching { () throws(Diagnostic) in
      try archive.keys(of: type, where: field, refersTo: key, by: moment.known)
    }
    return (known ?? []).compactMap { position(of: $0) }.filter { position in
      if case .reference(key)? = cell(field.name, at: position) { true } else { false }
    }.sorted()
  }

  // MARK: what is looked up

  private var keys: [String] {
    if let known = state.withLock({ $0.keys }) { return known }
    let keys = failure.catching { () throws(Diagnostic) in try archive.keys(of: type, at: moment) } ?? []
    state.withLock { state in
      guard state.keys == nil else { return }
      state.keys = keys
      state.positions = Dictionary(zip(keys, keys.indices)) { first, _ in first }
    }
    return keys
  }

  private func record(at position: Int) -> StandingRecord? {
    let key = keys[position]
    if let known = state.withLock({ $0.records[key] }) { return known }
    let record = failure.catching { () throws(Diagnostic) in
      try archive.history(of: key, type, by: moment.known).standing(on: moment.asOf)
    }
    state.withLock { state in
      if state.records.count >= Self.mostRecords { state.records = [:] }
      state.records[key] = .some(record ?? nil)
    }
    return record ?? nil
  }

  private func place(of reading: StandingRecord.Reading?) -> SourcePlace {
    guard let statement = reading?.statement else { return SourcePlace(file: type.name) }
    return SourcePlace(file: "\(statement.batch.source.title)#\(statement.batch.id)", line: statement.id)
  }
}
