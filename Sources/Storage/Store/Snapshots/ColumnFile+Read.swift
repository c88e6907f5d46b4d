public import Diagnostics
import JSON
public import Policy
import Population

extension Snapshot {
  /// Maps a column file. Only the header is read before the columns are used, and each part once when it is verified.
  /// - Parameters:
  ///   - dictionary: must be the one that the columns were made by.
  ///   - isVerifying: whether the checksums of the parts are compared and every code and row number is held against what it
  ///     leads to. Without it only a file that was verified before may be opened: what is damaged in it goes unseen.
  /// - Throws: `store.file.…`, `store.columns.…`.
  public static func read(
    columnFile path: String, by dictionary: DataDictionary, isVerifying: Bool = true, threads: Int = Threads.most
  ) throws(Diagnostic) -> Snapshot {
    try read(
      columnFile: path, by: dictionary, isVerifying: isVerifying, threads: threads, available: AvailableMemory.bytes)
  }

  /// - Parameter available: bytes of memory that may be taken; nil when that is not known.
  static func read(
    columnFile path: String, by dictionary: DataDictionary, isVerifying: Bool = true, threads: Int = Threads.most,
    available: Int?
  ) throws(Diagnostic) -> Snapshot {
    let file = try MappedFile(path: path)
    let header = try ColumnFile.header(of: file, available: available)
    guard header.dictionary == dictionary.columnDigest else {
      throw ColumnFile.problem("store.columns.dictionary", file)
    }
    var assembly = ColumnAssembly(file, header)
    let population = try assembly.population(by: dictionary)
    if isVerifying, let damage = assembly.damage(threads: threads) {
      throw ColumnFile.problem("store.columns.part", file, ["part": damage])
    }
    return Snapshot(population, provenance: header.provenance, sources: header.sources)
  }
}

extension Snapshot {
  /// Where the facts of a column file come from, as its header says; nil when it does not.
  /// - Throws: `store.file.…`, `store.columns.…`.
  public static func provenance(ofColumnFile path: String) throws(Diagnostic) -> Provenance? {
    try ColumnFile.header(of: MappedFile(path: path)).provenance
  }
}

extension ColumnFile {
  fileprivate static func problem(
    _ code: String, _ file: MappedFile, _ arguments: [String: String] = [:]
  ) -> Diagnostic {
    Diagnostic(code, at: SourcePlace(file: file.path), arguments)
  }

  /// What a byte of a header takes while it is read, about. The parts are mapped: they take what others leave.
  static let bytesPerByteOfHeader = 40

  /// The header, when the file is one of ours, whole, and of this version.
  /// - Throws: `store.memory` before the header is read.
  static func header(
    of file: MappedFile, available: Int? = AvailableMemory.bytes
  ) throws(Diagnostic) -> ColumnFileHeader {
    let bytes = file.bytes
    guard isColumnFile(bytes) else { throw problem("store.columns.foreign", file) }
    guard bytes.count >= preludeSize else { throw truncated(file, preludeSize) }
    guard bytes.loadUnaligned(fromByteOffset: Offset.byteOrder, as: UInt32.self) == byteOrderMark else {
      throw problem("store.columns.byte-order", file)
    }
    let written = Int(bytes.loadUnaligned(fromByteOffset: Offset.version, as: UInt16.self))
    guard written == version else {
      let code = written < version ? "store.columns.older" : "store.columns.newer"
      throw problem(code, file, ["written": String(written), "known": String(version)])
    }
    let size = bytes.loadUnaligned(fromByteOffset: Offset.fileSize, as: UInt64.self)
    if bytes.count < size { throw truncated(file, size) }
    let headerSize = bytes.loadUnaligned(fromByteOffset: Offset.headerSize, as: UInt64.self)
    guard bytes.count == size, headerSize <= min(size - UInt64(preludeSize), UInt64(maximumHeaderSize)) else {
      throw problem("store.columns.header", file, ["what": "size"])
    }
    try AvailableMemory.require(Int(headerSize) * bytesPerByteOfHeader, for: file.path, available: available)
    let prelude = Array(bytes[..<preludeSize]), header = Array(bytes[preludeSize..<preludeSize + Int(headerSize)])
    let checksum = checksum(prelude: prelude, header: header)
    guard bytes.loadUnaligned(fromByteOffset: Offset.checksum, as: UInt64.self) == checksum else {
      throw problem("store.columns.header", file, ["what": "checksum"])
    }
    if let digest = digest(inName: file.path), digest != checksum.sixteenDigits {
      throw problem("store.columns.name", file, ["digest": checksum.sixteenDigits])
    }
    let json: JSONValue
    do { json = try JSONNode.read(header, file: file.path).value } catch {
      throw problem("store.columns.header", file, ["what": "JSON"])
    }
    return try ColumnFileHeader(json, file: file.path, dataSize: Int(size) - aligned(preludeSize + Int(headerSize)))
  }

  private static func truncated(_ file: MappedFile, _ expected: some BinaryInteger) -> Diagnostic {
    problem("store.columns.truncated", file, ["size": String(file.bytes.count), "expected": String(expected)])
  }
}
