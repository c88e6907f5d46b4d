public import Diagnostics
import JSON
public import Policy
public import Population
public import Registry
import SQL
public import Tabulation

/// Facts to be recorded as one batch.
public struct FactImport: Sendable {
  /// A folder of CSV files, or one of them; or the file of ``tables``.
  public var path: String
  /// What is read in the place of canonical CSV files.
  public var tables: [ImportTable] = []
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

/// A sheet of a workbook or a text with separators, and how it is read.
public struct ImportTable: Sendable {
  public var path: String
  public var shape: TableShape

  public init(path: String, shape: TableShape) {
    self.path = path
    self.shape = shape
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
    /// What became of the rows and columns of a table that is no canonical CSV.
    public var reading: TableReport?
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
  ///   Rows of ``FactImport/tables`` that cannot be read come before those that are no facts.
  /// - Throws: `store.import.…`, `store.csv.…`, `store.database.…`, and what is wrong with the header of a file; of tables also
  ///   `tabulation.…`, `spreadsheet.…` and `text.…`.
  public func record(
    _ facts: FactImport, by dictionary: DataDictionary, progress: WorkProgress? = nil,
    refused: (RefusedRow) throws -> Void = { _ in }
  ) throws(Diagnostic) -> ImportReport {
    do {
      if facts.tables.isEmpty {
        return try write(facts, try ImportFiles(path: facts.path, by: dictionary), dictionary, progress, refused)
      }
      let digest = try facts.tableDigest()
      if let known = try read({ try facts.batch(holding: digest, in: $0) }) {
        return ImportReport(outcome: .known(known), tables: [])
      }
      return try TemporaryFolder.with { folder in
        let tables = try facts.tables.map {
          try RewrittenTable($0, by: dictionary, in: folder, progress, refused)
        }
        // What is recorded must be what the digest is of.
        guard try facts.tableDigest() == digest else {
          throw Diagnostic("store.import.changed", at: SourcePlace(file: facts.path))
        }
        let files = try ImportFiles(tables, of: facts, digest: digest, by: dictionary)
        return try write(facts, files, dictionary, progress, refused)
      }
    } catch {
      throw diagnostic(for: error)
    }
  }

  private func write(
    _ facts: FactImport, _ files: ImportFiles, _ dictionary: DataDictionary, _ progress: WorkProgress?,
    _ refused: (RefusedRow) throws -> Void
  ) throws -> ImportReport {
    do {
      return try database.write { connection in
        let report = try BatchWriter(facts, files, dictionary, connection, progress).write(refused)
        if case .recorded = report.outcome { return report }
        throw Unrecorded(report: report)
      }
    } catch let unrecorded as Unrecorded {
      return unrecorded.report
    }
  }

  /// Ends a transaction that is not to be kept.
  private struct Unrecorded: Error { var report: ImportReport }
}
