public import Diagnostics
import FEEL
import Foundation
public import Policy
import Population
public import Registry
import SQL

extension RegistryStore {
  /// Writes the records that stand at a moment as a folder of CSV files, with where they come from beside them: the facts that an
  /// evaluation of that moment sees.
  /// - Parameters:
  ///   - types: those wanted; types of which nothing was ever said have no file.
  ///   - folder: made where it is not there.
  ///   - guardsFormulas: whether texts that a spreadsheet would take for formulas get an apostrophe before them. The digest is that of
  ///     the rows without it; imports take it away again.
  /// - Returns: how many records of each type were written.
  @discardableResult
  public func export(
    _ types: [RecordType], at moment: Moment, pack: String?, to folder: String, guardsFormulas: Bool = false
  ) throws(Diagnostic) -> [(record: String, rows: Int)] {
    try OutputFolder.create(folder)
    let digest = ExportDigest()
    let counts = try forEachType(types, at: moment, digest) { type, lines in
      var file = try CSVWriter(path: folder.child(type.id + ".csv"), isWhole: true)
      let rows = try lines.forEachWithHeader { line in
        digest.add(line)
        try file.write(guardsFormulas ? FormulaGuard.guarded(line) : line)
      }
      try file.close()
      return rows
    }
    var provenance = try provenance(of: pack, at: moment, digest)
    provenance.isGuarded = guardsFormulas
    try provenance.write(to: folder)
    return counts
  }

  /// Hands out the records of each type that something was said of.
  /// - Parameter body: gives the number of its records.
  func forEachType(
    _ types: [RecordType], at moment: Moment, _ digest: ExportDigest,
    _ body: (RecordType, StandingLines) throws -> Int
  ) throws(Diagnostic) -> [(record: String, rows: Int)] {
    var counts: [(String, Int)] = []
    let standing = try StandingKeys(self, types, at: moment)
    for type in types {
      guard let table = try table(type), try isKnown(type, at: moment) else { continue }
      digest.add(type.id)
      let rows = try read { connection in
        let lines = try StandingLines(
          table, at: moment, connection, identities: try self.identities(type.id, by: moment.known, in: connection),
          referred: try ReferredIdentities(table, by: moment.known, self, connection),
          history: { try self.history(of: $0, type, by: moment.known, in: connection) }, stands: standing.contains)
        return try body(type, lines)
      }
      counts.append((type.name, rows))
    }
    return counts
  }

  func provenance(of pack: String?, at moment: Moment, _ digest: ExportDigest) throws(Diagnostic) -> Provenance {
    let said = try said(by: moment.known)
    return Provenance(
      pack: pack, isSynthetic: said.isSynthetic, asOf: moment.asOf, seed: nil, example: said.example,
      store: Provenance.Origin(address: address, known: moment.known, digest: digest.digits))
  }

  /// The records of a moment as columns.
  public func snapshot(at moment: Moment, by dictionary: DataDictionary) throws(Diagnostic) -> Snapshot {
    let folder = NSTemporaryDirectory().child("silian-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let counts = try export(dictionary.types, at: moment, pack: nil, to: folder)
    if counts.isEmpty { return Snapshot(Population(tables: [:])) }
    let (snapshot, problems) = Snapshot.read(at: folder, by: dictionary)
    guard let snapshot else {
      throw problems.first ?? Diagnostic("store.file.unreadable", at: SourcePlace(file: folder))
    }
    return snapshot
  }

  /// Whether some of what counts is made up, and an example that some of it was copied from.
  private func said(by batch: Int) throws(Diagnostic) -> (isSynthetic: Bool, example: String?) {
    let counted = try read { connection in
      try connection.rows(
        "SELECT DISTINCT s.synthetic, s.example FROM batch s WHERE s.id <= ? AND \(Self.counts("s.id"))",
        [.integer(batch), .integer(batch)]
      ) { ($0.integer(0) == 1, $0.text(1)) }
    }
    return (counted.contains { $0.0 }, counted.compactMap(\.1).first)
  }
}

/// SHA-256 over the rows of an export, the same in whichever form they are written.
final class ExportDigest {
  private var digest = SHA256()
  /// Ends the digest.
  private(set) lazy var digits = digest.digits()

  /// The id of the type whose rows follow.
  func add(_ type: String) { digest.addPart(type) }
  /// A line of CSV with its end.
  func add(_ line: [UInt8]) { line.withUnsafeBytes { digest.add($0) } }
}

/// The keys of the records that references may lead to.
private final class StandingKeys {
  /// nil where every record that was ever said to be there is.
  private var keys: [String: Set<String>]?

  /// Where nothing was taken back or ends, references lead to records: that was seen to when they were recorded.
  init(_ store: RegistryStore, _ types: [RecordType], at moment: Moment) throws(Diagnostic) {
    let mayBeGone = try store.read { connection in
      try connection.first(
        "SELECT 1 FROM batch WHERE withdraws IS NOT NULL OR valid_from IS NOT NULL OR valid_to IS NOT NULL LIMIT 1"
      ) { _ in true } ?? false
    }
    guard mayBeGone else { return }
    var keys: [String: Set<String>] = [:]
    for type in types where try store.isKnown(type, at: moment) {
      keys[type.name] = Set(try store.keys(of: type, at: moment))
    }
    self.keys = keys
  }

  /// Of a type of which nothing is known, every record may be there.
  func contains(_ record: String, _ key: String) -> Bool { keys?[record].map { $0.contains(key) } ?? true }
}
