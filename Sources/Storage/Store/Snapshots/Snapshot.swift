public import Diagnostics
public import Policy
public import Population

/// A population as columns, with where it comes from.
public struct Snapshot: Sendable {
  public let population: Population
  /// nil when the folder that the columns were read from does not say.
  public let provenance: Provenance?
  /// The files that the columns were read from.
  public let sources: [Source]

  /// A file that columns were read from.
  public struct Source: Hashable, Sendable {
    public var file: String
    public var bytes: Int
    /// XXH64 in sixteen digits.
    public var digest: String
  }

  public init(_ population: Population, provenance: Provenance? = nil, sources: [Source] = []) {
    self.population = population
    self.provenance = provenance
    self.sources = sources
  }

  /// Reads a column file, a folder of CSV files, or any other form of facts (``FactSource``).
  /// - Parameter threads: how many parts are read side by side.
  /// - Returns: nil when an error is among the diagnostics.
  public static func read(
    at path: String, by dictionary: DataDictionary, threads: Int = Threads.most
  ) -> (Snapshot?, [Diagnostic]) {
    do {
      switch FileKind(path: path) {
      case .folder:
        let folder = path.withoutTrailingSlash
        if let snapshot = try ColumnFolder.read(path: folder, by: dictionary, threads: threads) {
          return (snapshot, [])
        }
        return try readFacts(at: folder, by: dictionary)
      case .regular where isColumnFile(at: path):
        return (try read(columnFile: path, by: dictionary, threads: threads), [])
      default: return try readFacts(at: path, by: dictionary)
      }
    } catch {
      return (nil, [error])
    }
  }

  /// Whether a file is one of columns by its name, or begins as they do.
  public static func isColumnFile(at path: String) -> Bool {
    guard FileKind(path: path) == .regular else { return false }
    return path.hasSuffix("." + ColumnFile.pathExtension) || ColumnFile.isColumnFile(at: path)
  }

  /// What a byte of CSV takes as facts, about: each cell is a value of its own.
  static let factBytesPerByte = 40

  /// By facts, one value per cell: for what the fast way does not understand, with every problem named.
  private static func readFacts(
    at path: String, by dictionary: DataDictionary
  ) throws(Diagnostic) -> (Snapshot?, [Diagnostic]) {
    try AvailableMemory.require(FactFolder.size(of: path) * factBytesPerByte, for: path)
    let (facts, diagnostics) = FactSource.read(path: path).facts(by: dictionary)
    if diagnostics.contains(where: { $0.severity == .error }) { return (nil, diagnostics) }
    let provenance = FileKind(path: path) == .folder ? try Provenance.read(from: path) : nil
    return (Snapshot(Population(facts, dictionary: dictionary), provenance: provenance), diagnostics)
  }
}

extension Population {
  /// Reads a column file or a folder of CSV files (``Snapshot/read(at:by:threads:)``).
  public static func read(at path: String, by dictionary: DataDictionary) -> (Population?, [Diagnostic]) {
    let (snapshot, diagnostics) = Snapshot.read(at: path, by: dictionary)
    return (snapshot?.population, diagnostics)
  }
}
