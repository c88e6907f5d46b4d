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
    read(at: path, by: dictionary, threads: threads, available: AvailableMemory.bytes)
  }

  /// - Parameter available: bytes of memory that may be taken; nil when that is not known.
  static func read(
    at path: String, by dictionary: DataDictionary, threads: Int = Threads.most, available: Int?
  ) -> (Snapshot?, [Diagnostic]) {
    do {
      switch FileKind(path: path) {
      case .folder: return try read(folder: path.withoutTrailingSlash, by: dictionary, threads, available)
      case .regular where isColumnFile(at: path):
        return (try read(columnFile: path, by: dictionary, threads: threads, available: available), [])
      default: return try readFacts(at: path, by: dictionary, available)
      }
    } catch {
      return (nil, [error])
    }
  }

  /// Straight into columns; by facts what that does not understand, where the folder is small enough for it.
  private static func read(
    folder path: String, by dictionary: DataDictionary, _ threads: Int, _ available: Int?
  ) throws(Diagnostic) -> (Snapshot?, [Diagnostic]) {
    switch try ColumnFolder.read(path: path, by: dictionary, threads: threads, available: available) {
    case .success(let snapshot): return (snapshot, [])
    case .failure(let folder) where folder.isTooLarge(available: available): return (nil, folder.firstProblems)
    case .failure: return try readFacts(at: path, by: dictionary, available)
    }
  }

  /// Whether a file is one of columns by its name, or begins as they do.
  public static func isColumnFile(at path: String) -> Bool {
    guard FileKind(path: path) == .regular else { return false }
    return path.hasSuffix("." + ColumnFile.pathExtension) || ColumnFile.isColumnFile(at: path)
  }

  /// By facts, one value per cell: for what the fast way does not understand, with every problem named.
  private static func readFacts(
    at path: String, by dictionary: DataDictionary, _ available: Int?
  ) throws(Diagnostic) -> (Snapshot?, [Diagnostic]) {
    let (facts, diagnostics) = FactSource.read(path: path, available: available).facts(by: dictionary)
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
