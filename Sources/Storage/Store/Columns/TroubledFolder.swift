import Diagnostics
import Policy
import Population

/// A folder of CSV files that only `FactReader` understands, or refuses.
struct TroubledFolder: Error {
  let path: String
  let files: [MappedFile]
  let reader: FactReader
  let trouble: Trouble

  private var size: Int { files.reduce(0) { $0 + $1.bytes.count } }

  /// Whether the whole folder cannot be read cell by cell: a file is too large for it, or memory does not suffice.
  func isTooLarge(available: Int?) -> Bool {
    let needed = size.multipliedReportingOverflow(by: FactSource.bytesPerByte).partialValue
    return files.contains { $0.bytes.count > CSVReader.maximumSize } || needed > available ?? .max
  }

  /// The first trouble in words, told from its record alone, and a note that it is only the first.
  var firstProblems: [Diagnostic] {
    let note = Diagnostic(
      "store.facts.first", .note, at: SourcePlace(file: path),
      ["size": "\(size >> 20) MiB", "limit": "\(CSVReader.maximumSize >> 20) MiB"])
    return problems + [note]
  }

  private var problems: [Diagnostic] {
    guard let number = trouble.file else { return [Diagnostic("store.facts.by-cell", at: SourcePlace(file: path))] }
    let file = files[number], whole = SourcePlace(file: file.path)
    let record = trouble.offset.flatMap { TroubledRecord(file: file, offset: $0, reader: reader) }
    switch trouble.cause {
    case .file: return file.headerProblems(reader)
    case .spelling: return [Diagnostic("store.facts.spelling", at: whole)]
    case .record: return record?.problems ?? [Diagnostic("store.facts.by-cell", at: whole)]
    case .keyTwice: return [record?.keyTwice ?? Diagnostic("store.facts.by-cell", at: whole)]
    case .reference(let field, let key, let type):
      return [
        Diagnostic(
          "policy.facts.reference", at: record?.place ?? whole,
          ["field": field, "key": key, "record": type, "near": "—"])
      ]
    }
  }
}

extension MappedFile {
  /// What is wrong with the header, or that nothing is.
  func headerProblems(_ reader: FactReader) -> [Diagnostic] {
    let place = SourcePlace(file: path)
    let prefix = Array(bytes.prefix(CSVHeader.longest))
    var csv = CSVReader(prefix, file: path)
    do throws(Diagnostic) {
      guard let header = try csv.nextRow() else { return [Diagnostic("store.csv.empty", at: place)] }
      if String(validating: prefix[..<csv.offset], as: UTF8.self) == nil {
        return [Diagnostic("store.file.utf8", at: TextFile.firstInvalidPlace(in: prefix, from: place))]
      }
      let problems = CSVTable.problems(inHeader: header)
      if !problems.isEmpty { return problems }
      var reader = reader
      _ = reader.layout(of: header, for: FactFolder.recordType(of: path), at: place)
      return reader.diagnostics.isEmpty ? [Diagnostic("store.facts.by-cell", at: place)] : reader.diagnostics
    } catch {
      return [error]
    }
  }

  /// The place of a byte: line and column, as in `CSVReader`.
  func place(ofByte offset: Int) -> SourcePlace {
    var line = 1, lineStart = 0
    for position in 0..<offset where bytes[position] == UInt8(ascii: "\n") {
      (line, lineStart) = (line + 1, position + 1)
    }
    let column = 1 + bytes[lineStart..<offset].count { $0 & 0xC0 != 0x80 }
    return SourcePlace(file: path, line: line, column: column)
  }
}

/// A record of a CSV file in which something is wrong, read by itself.
private struct TroubledRecord {
  let place: SourcePlace
  private let type: String
  private let header: [RawTable.Cell]
  private let reader: FactReader
  private let bytes: [UInt8]

  /// How much of the file is looked at.
  private static let longest = 1 << 20

  /// - Parameter offset: where the record begins, or a cell of it.
  init?(file: MappedFile, offset: Int, reader: FactReader) {
    guard let header = CSVHeader(file) else { return nil }
    self.header = header.cells
    self.reader = reader
    type = FactFolder.recordType(of: file.path)
    place = file.place(ofByte: offset)
    bytes = Array(file.bytes[offset..<min(offset + Self.longest, file.bytes.count)])
  }

  private var byCell: Diagnostic { Diagnostic("store.facts.by-cell", at: place) }

  /// What `CSVTable` and `FactReader` say of it.
  var problems: [Diagnostic] {
    var csv = CSVReader(bytes, at: place)
    do throws(Diagnostic) {
      let row = try csv.nextRow() ?? [], text = Array(bytes[..<csv.offset])
      if String(validating: text, as: UTF8.self) == nil {
        return [Diagnostic("store.file.utf8", at: TextFile.firstInvalidPlace(in: text, from: place))]
      }
      if row.count != header.count { return [CSVTable.ragged(row, under: header)] }
      var reader = reader
      reader.add(RawTable(header: header, rows: [row], place: place), of: type)
      return reader.diagnostics.isEmpty ? [byCell] : reader.diagnostics
    } catch {
      return [error]
    }
  }

  var keyTwice: Diagnostic {
    var reader = reader, csv = CSVReader(bytes, at: place)
    guard let layout = reader.layout(of: header, for: type, at: place), let row = try? csv.nextRow(),
      row.indices.contains(layout.key)
    else { return byCell }
    let key = row[layout.key]
    return Diagnostic("policy.facts.key-twice", at: key.place, ["record": layout.type.name, "key": key.text])
  }
}
