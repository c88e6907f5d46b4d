import Diagnostics
import Foundation
import Tabulation

extension FactImport {
  /// SHA-256 over the bytes of the tables' files and the shapes that they are read by.
  /// - Throws: `store.file.…`
  func tableDigest() throws(Diagnostic) -> String {
    var digest = SHA256()
    var seen: Set<String> = []
    for table in tables {
      if seen.insert(table.path).inserted {
        let file = try MappedFile(path: table.path)
        digest.addPart(String(file.bytes.count))
        digest.add(contentsOf: file)
      }
      digest.addPart(table.shape.json)
    }
    return digest.digits()
  }
}

extension TableShape {
  /// The same for shapes that are equal.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Whether every column is a field by its very name, so that there is nothing to remember.
  var isCanonical: Bool { columns.allSatisfy { $0.match == .exact && $0.isYearAssumed != true } }

  /// A digest of the headings, by which a shape is found again.
  var headerDigest: String {
    var digest = SHA256()
    for (number, label) in labels.sorted(by: { $0.key < $1.key }) {
      digest.addPart(String(number))
      digest.addPart(label)
    }
    digest.addPart(title.map { "\($0.years) \($0.units)" } ?? "")
    return digest.digits()
  }
}
