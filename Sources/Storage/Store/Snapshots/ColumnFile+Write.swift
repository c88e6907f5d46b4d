public import Diagnostics
import JSON
public import Policy
import Population

extension Snapshot {
  /// Writes the file whole or not at all, under a name that tells its digest. Equal contents are equal files.
  /// - Parameter path: `firms.columns` becomes `firms.0123456789abcdef.columns`.
  /// - Returns: the path of the file.
  /// - Throws: `store.file.unwritable`.
  public func write(to path: String, by dictionary: DataDictionary) throws(Diagnostic) -> String {
    var parts = PartList()
    let tables = population.tables.values.sorted { $0.type < $1.type }.map { table in
      parts.add(table, unsuitable: population.unsuitable[table.type] ?? [])
    }
    let header = ColumnFileHeader(
      dictionary: dictionary.columnDigest, provenance: provenance, sources: sources, parts: parts.described(),
      tables: tables)
    let text = Array(header.json.text().utf8)
    let start = ColumnFile.aligned(ColumnFile.preludeSize + text.count)
    let size = start + (header.parts.last.map { $0.offset + $0.size } ?? 0)
    let (prelude, digest) = ColumnFile.prelude(header: text, fileSize: size)
    let path = ColumnFile.path(path, withDigest: digest)
    var file = try WholeFile(path: path)
    try file.write(prelude + text + [UInt8](repeating: 0, count: start - ColumnFile.preludeSize - text.count))
    for (part, cells) in zip(header.parts, parts.cells) {
      try file.write(cells.bytes)
      // Nothing stands behind the last part.
      let isLast = start + part.offset + part.size == size
      if !isLast { try file.write([UInt8](repeating: 0, count: ColumnFile.aligned(part.size) - part.size)) }
    }
    try file.close()
    return path
  }
}

extension ColumnFile {
  /// - Returns: the bytes, and the digest of all that the file holds.
  static func prelude(header: [UInt8], fileSize: Int) -> ([UInt8], digest: String) {
    var prelude = [UInt8](repeating: 0, count: preludeSize)
    prelude.withUnsafeMutableBytes { bytes in
      bytes.copyBytes(from: magic)
      bytes.storeBytes(of: byteOrderMark, toByteOffset: Offset.byteOrder, as: UInt32.self)
      bytes.storeBytes(of: UInt16(version), toByteOffset: Offset.version, as: UInt16.self)
      bytes.storeBytes(of: UInt64(fileSize), toByteOffset: Offset.fileSize, as: UInt64.self)
      bytes.storeBytes(of: UInt64(header.count), toByteOffset: Offset.headerSize, as: UInt64.self)
    }
    let checksum = checksum(prelude: prelude, header: header)
    prelude.withUnsafeMutableBytes { $0.storeBytes(of: checksum, toByteOffset: Offset.checksum, as: UInt64.self) }
    return (prelude, checksum.sixteenDigits)
  }

  /// Of the prelude without its checksum, and of the header, which has the checksums of all parts.
  static func checksum(prelude: [UInt8], header: [UInt8]) -> UInt64 {
    var bytes = prelude
    bytes.replaceSubrange(Offset.checksum..<Offset.checksum + 8, with: [UInt8](repeating: 0, count: 8))
    bytes += header
    return bytes.withUnsafeBytes { ByteHash.of($0) }
  }
}

extension WholeFile {
  fileprivate mutating func write(_ bytes: [UInt8]) throws(Diagnostic) {
    var result: Result<Void, Diagnostic> = .success(())
    bytes.withUnsafeBytes { bytes in
      result = Result { () throws(Diagnostic) in try self.write(bytes) }
    }
    try result.get()
  }
}

/// The parts of a file in the order in which they are written. Memory that several columns share is one part.
private struct PartList {
  private(set) var cells: [Cells] = []
  private var numbers: [ObjectIdentifier: Int] = [:]

  mutating func add(_ part: Cells) -> Int {
    if let number = numbers[ObjectIdentifier(part)] { return number }
    numbers[ObjectIdentifier(part)] = cells.count
    cells.append(part)
    return cells.count - 1
  }

  mutating func add(_ texts: TextList) -> ColumnFileHeader.Texts {
    ColumnFileHeader.Texts(
      bytes: add(texts.bytes), offsets: add(texts.offsets), width: texts.offsets.width, count: texts.count)
  }

  mutating func add(_ table: ColumnTable, unsuitable: Set<String>) -> ColumnFileHeader.Table {
    let keys = add(table.keys)
    let columns = table.columns.sorted { ($0.key.field, $0.key.year ?? 0) < ($1.key.field, $1.key.year ?? 0) }
    let described = columns.map { add($1, under: $0) }
    let children = table.children.sorted { $0.key < $1.key }.map { field, segments in
      ColumnFileHeader.Children(
        field: field, offsets: add(segments.offsets.cells), rows: add(segments.rows.cells), count: segments.rows.count)
    }
    return ColumnFileHeader.Table(
      type: table.type, rows: table.count, keys: keys, columns: described, children: children,
      unsuitable: unsuitable.sorted())
  }

  private mutating func add(_ column: Column, under key: ColumnTable.Key) -> ColumnFileHeader.Column {
    let kind: ColumnFileHeader.Kind =
      switch column.kind {
      case .number(let scale): .number(scale: scale)
      case .truth: .truth
      case .date: .date
      case .text(let pool): .text(add(pool.texts))
      case .reference(let table): .reference(table: table)
      }
    return ColumnFileHeader.Column(
      key: key, kind: kind, width: column.cells.width, cells: add(column.cells),
      states: column.stateCells.map { add($0) }, bounds: column.bounds, occurring: column.occurring)
  }

  /// Where the parts will lie, with their checksums.
  func described() -> [ColumnFileHeader.Part] {
    let checksums = Threads.map(cells) { ByteHash.of($0.bytes) }
    var offset = 0
    return zip(cells, checksums).map { part, checksum in
      defer { offset += ColumnFile.aligned(part.bytes.count) }
      return ColumnFileHeader.Part(offset: offset, size: part.bytes.count, checksum: checksum)
    }
  }
}
