public import Diagnostics
import JSON
public import Policy
public import Population
public import Registry
import SQL

/// Facts to be recorded as one batch.
public struct FactImport: Sendable {
  /// A folder of CSV files, or one of them.
  public var path: String
  public var source: Source
  public var confidence: Confidence
  /// When what is said is true; the years of fiscal values speak for themselves.
  public var validity: Validity
  public var actor: String
  /// Whether sound rows are recorded although others are refused.
  public var takesSoundRows = false
  /// Whether all is done but nothing kept.
  public var isDryRun = false

  public init(
    path: String, source: Source, confidence: Confidence = .stated, validity: Validity = .always, actor: String
  ) {
    self.path = path
    self.source = source
    self.confidence = confidence
    self.validity = validity
    self.actor = actor
  }
}

/// A row that was not recorded, and why.
public struct RefusedRow: Sendable {
  public var record: String
  public var place: SourcePlace
  /// The row as it was given.
  public var text: String
  public var problems: [Diagnostic]
}

/// What an import came to.
public struct ImportReport: Sendable {
  public struct Table: Sendable {
    public var record: String
    public var rows: Int
    public var refused: Int
  }

  public enum Outcome: Sendable {
    /// The number of the new batch.
    case recorded(Int)
    /// The same was recorded from the same source before, as that batch.
    case known(Int)
    /// Rows were refused, so that nothing was recorded.
    case refused
    /// What would have been recorded.
    case tried
  }

  public var outcome: Outcome
  public var tables: [Table]

  public var rows: Int { tables.reduce(0) { $0 + $1.rows } }
  public var refused: Int { tables.reduce(0) { $0 + $1.refused } }
}

extension RegistryStore {
  /// Records facts as one batch: all of it is there when this returns, or nothing.
  ///
  /// The dictionary must have been adopted (``adopt(_:owner:actor:)``).
  /// - Parameters:
  ///   - progress: counts rows; when it is cancelled, nothing is recorded.
  ///   - refused: told of every row that is refused, in the order of the files; references that lead nowhere come last.
  /// - Throws: `store.import.…`, `store.csv.…`, `store.database.…`, and what is wrong with the header of a file.
  public func record(
    _ facts: FactImport, by dictionary: DataDictionary, progress: WorkProgress? = nil,
    refused: (RefusedRow) throws -> Void = { _ in }
  ) throws(Diagnostic) -> ImportReport {
    let files = try ImportFiles(path: facts.path, by: dictionary)
    do {
      return try database.write { connection in
        let report = try BatchWriter(facts, files, dictionary, connection, progress).write(refused)
        if case .recorded = report.outcome { return report }
        throw Unrecorded(report: report)
      }
    } catch let unrecorded as Unrecorded {
      return unrecorded.report
    } catch {
      throw diagnostic(for: error)
    }
  }

  /// Ends a transaction that is not to be kept.
  private struct Unrecorded: Error { var report: ImportReport }
}
