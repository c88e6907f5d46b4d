import Diagnostics
import Foundation
import Policy

/// A folder of CSV files, one per record type: the file's name is the type's name or id, its header names fields.
///
/// A file with a header only says that there are no such records; a type without a file is unknown.
enum FactFolder {
  static func read(path: String) -> FactSource {
    guard let files = files(in: path) else {
      return FactSource(problem: Diagnostic("store.file.unreadable", at: SourcePlace(file: path)))
    }
    if files.isEmpty { return FactSource(problem: Diagnostic("store.facts.no-csv", at: SourcePlace(file: path))) }
    var source = read(files: files)
    do {
      source.allowsShortCodes = try Provenance.read(from: path)?.example != nil
    } catch {
      source.diagnostics.append(error)
    }
    return source
  }

  /// The CSV files of a folder in the order of their names; nil when it cannot be read.
  static func files(in path: String) -> [String]? {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return nil }
    return names.sorted().filter { $0.lowercased().hasSuffix(".csv") && !$0.hasPrefix(".") }.map { path.child($0) }
  }

  /// Bytes of the CSV files of a folder, or of a file; zero when there are none.
  static func size(of path: String) -> Int {
    let files = FileKind(path: path) == .folder ? files(in: path) ?? [] : [path]
    return files.reduce(0) { sum, file in
      let size = (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int ?? 0
      return sum.addingReportingOverflow(size).partialValue
    }
  }

  static func read(files: [String]) -> FactSource {
    var source = FactSource()
    for file in files {
      do {
        let bytes = try TextFile.bytes(path: file, maximumSize: CSVReader.maximumSize)
        let (table, diagnostics) = CSVTable.read(bytes, file: file)
        source.diagnostics += diagnostics
        if let table { source.tables.append((type: recordType(of: file), table: table)) }
      } catch {
        source.diagnostics.append(error)
      }
    }
    return source
  }

  static func recordType(of file: String) -> String {
    let name = file.split(separator: "/").last ?? ""
    return String(name.dropLast(".csv".count))
  }
}
