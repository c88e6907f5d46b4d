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
  /// - Returns: how many records of each type were written.
  @discardableResult
  public func export(
    _ types: [RecordType], at moment: Moment, pack: String?, to folder: String
  ) throws(Diagnostic) -> [(record: String, rows: Int)] {
    try OutputFolder.create(folder)
    var counts: [(String, Int)] = []
    var digest = SHA256()
    let standing = try StandingKeys(self, types, at: moment)
    for type in types {
      guard let table = try table(type), try isKnown(type, at: moment) else { continue }
      var file = try CSVWriter(path: folder.child(type.id + ".csv"), isWhole: true)
      let rows = try read { connection in
        let lines = try StandingLines(
          table, at: moment, connection, identities: try self.identities(type.id, by: moment.known, in: connection),
          referred: try ReferredIdentities(table, by: moment.known, self, connection),
          history: { try self.history(of: $0, type, by: moment.known, in: connection) }, stands: standing.contains)
        var head: [UInt8] = []
        CSVWriter.append(lines.header, to: &head)
        digest.addPart(type.id)
        try self.write(head, to: &file, &digest)
        return try lines.forEach { try self.write($0, to: &file, &digest) }
      }
      try file.close()
      counts.append((type.name, rows))
    }
    let said = try said(by: moment.known)
    let provenance = Provenance(
      pack: pack, isSynthetic: said.isSynthetic, asOf: moment.asOf, seed: nil, example: said.example,
      store: Provenance.Origin(address: address, known: moment.known, digest: digest.digits()))
    try provenance.write(to: folder)
    return counts
  }

  private func write(_ line: [UInt8], to file: inout CSVWriter, _ digest: inout SHA256) throws {
    try line.withUnsafeBytes { bytes in
      try file.write(bytes)
      digest.add(bytes)
    }
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
