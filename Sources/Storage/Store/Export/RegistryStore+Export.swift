public import Diagnostics
import FEEL
import Foundation
public import Policy
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
    for type in types where try isKnown(type, by: moment.known) {
      var file = try CSVWriter(path: folder.child(type.id + ".csv"), isWhole: true)
      let rows = try read { connection in
        let lines = try StandingLines(type, at: moment, connection) { key in
          try self.history(of: key, type, by: moment.known)
        }
        var head: [UInt8] = []
        CSVWriter.append(lines.header, to: &head)
        try head.withUnsafeBytes { try file.write($0) }
        digest.addPart(type.id)
        return try lines.forEach { line in
          try line.withUnsafeBytes { bytes in
            try file.write(bytes)
            digest.add(bytes)
          }
        }
      }
      try file.close()
      counts.append((type.name, rows))
    }
    let provenance = Provenance(
      pack: pack, isSynthetic: try isSynthetic(by: moment.known), asOf: moment.asOf, seed: nil,
      store: Provenance.Origin(address: address, known: moment.known, digest: digest.digits()))
    try provenance.write(to: folder)
    return counts
  }

  /// The records of a moment as columns.
  public func snapshot(at moment: Moment, by dictionary: DataDictionary) throws(Diagnostic) -> Snapshot {
    let folder = NSTemporaryDirectory().child("silian-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try export(dictionary.types, at: moment, pack: nil, to: folder)
    let (snapshot, problems) = Snapshot.read(at: folder, by: dictionary)
    guard let snapshot else {
      throw problems.first ?? Diagnostic("store.file.unreadable", at: SourcePlace(file: folder))
    }
    return snapshot
  }

  /// Whether some of what counts is made up.
  func isSynthetic(by batch: Int) throws(Diagnostic) -> Bool {
    try read { connection in
      try connection.first(
        "SELECT 1 FROM batch s WHERE s.synthetic AND s.id <= ? AND \(Self.counts("s.id")) LIMIT 1",
        [.integer(batch), .integer(batch)]
      ) { _ in true } ?? false
    }
  }
}
