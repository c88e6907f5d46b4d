public import Diagnostics
import Foundation
public import Policy

/// A pack's folder and the folders of the packs it uses, which stand beside it.
public struct PackFolder: Sendable {
  public let main: PackSource
  /// Every pack that is used, directly or not, each once; a pack stands behind those it uses.
  public let used: [PackSource]

  public static let maximumDepth = 8
  public static let maximumFiles = 2000
  public static let maximumPacks = 32

  /// - Parameter path: the folder; messages name files by it.
  /// - Returns: nil when something could not be read; the diagnostics say what.
  public static func read(_ path: String) -> (PackFolder?, [Diagnostic]) {
    var reader = PackFolderReader()
    let main = reader.read(path.withoutTrailingSlash)
    guard reader.diagnostics.isEmpty, let main else { return (nil, reader.diagnostics.sorted()) }
    return (PackFolder(main: main, used: reader.used), [])
  }

  /// Whether a folder with a manifest is there.
  public static func isPack(at path: String) -> Bool {
    FileKind(path: path) == .folder && FileKind(path: path.child(PackSource.manifestName)) == .regular
  }

  /// The packs that lie in a folder, in the order of their names.
  public static func folders(in path: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.sorted().map { path.child($0) }.filter {
      FileKind(path: $0.child(PackSource.manifestName)) == .regular
    }
  }
}

private struct PackFolderReader {
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var used: [PackSource] = []
  /// The folders being read, outermost first: one that comes again is a cycle.
  private var open: [String] = []
  private var closed: Set<String> = []

  mutating func read(_ path: String) -> PackSource? {
    guard let source = source(path) else { return nil }
    let name = path.lastComponent
    open.append(name)
    readPacks(usedBy: source, beside: path)
    open.removeLast()
    closed.insert(name)
    return source
  }

  private mutating func readPacks(usedBy source: PackSource, beside path: String) {
    guard let manifest = source.files.first else { return }
    for id in PackSource.usedPacks(ofManifest: manifest.text) {
      let place = SourcePlace(file: manifest.path)
      guard id.isPackID else {
        report("store.pack.id", place, ["pack": id])
        continue
      }
      if open.contains(id) {
        report("store.pack.cycle", place, ["packs": (open + [id]).joined(separator: " → ")])
        continue
      }
      if closed.contains(id) { continue }
      guard open.count + used.count < PackFolder.maximumPacks else {
        report("store.pack.many", place, ["limit": String(PackFolder.maximumPacks)])
        return
      }
      let folder = path.siblingPath(id)
      guard FileKind(path: folder) == .folder else {
        report("store.pack.used-missing", place, ["pack": id, "folder": folder])
        continue
      }
      if let source = read(folder) { used.append(source) }
    }
  }

  /// The texts of one folder, the manifest first.
  private mutating func source(_ path: String) -> PackSource? {
    let place = SourcePlace(file: path)
    switch FileKind(path: path) {
    case .folder: break
    case .missing:
      report("store.pack.missing", place, [:])
      return nil
    default:
      report("store.pack.not-folder", place, [:])
      return nil
    }
    let manifest = path.child(PackSource.manifestName)
    guard FileKind(linkAt: manifest) == .regular else {
      report("store.pack.manifest", place, ["file": manifest])
      return nil
    }
    var paths: [String] = []
    collect(path, depth: 0, into: &paths)
    guard paths.count < PackFolder.maximumFiles else {
      report("store.pack.files", place, ["limit": String(PackFolder.maximumFiles)])
      return nil
    }
    return PackSource(files: files([manifest] + paths, of: place))
  }

  private mutating func files(_ paths: [String], of pack: SourcePlace) -> [PackSource.File] {
    var files: [PackSource.File] = []
    var size = 0
    for path in paths {
      do {
        let file = try TextFile(path: path, maximumSize: PackSource.maximumFileSize)
        size += file.text.utf8.count
        files.append(PackSource.File(path: path, text: file.text))
      } catch {
        diagnostics.append(error)
      }
      if size > PackSource.maximumSize {
        report("store.file.size", pack, ["limit": "\(PackSource.maximumSize >> 20) MiB"])
        break
      }
    }
    return files
  }

  /// Markdown files below the folder, in the order of their names.
  private mutating func collect(_ folder: String, depth: Int, into paths: inout [String]) {
    guard depth <= PackFolder.maximumDepth, paths.count < PackFolder.maximumFiles else { return }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      report("store.file.unreadable", SourcePlace(file: folder), [:])
      return
    }
    for name in names.sorted() where !name.hasPrefix(".") && !name.hasPrefix("_") {
      let path = folder.child(name)
      switch FileKind(linkAt: path) {
      case .folder: collect(path, depth: depth + 1, into: &paths)
      case .regular where name.hasSuffix(".md"): paths.append(path)
      case .link where name.hasSuffix(".md"): report("store.pack.link", SourcePlace(file: path), [:])
      default: break
      }
    }
  }

  private mutating func report(_ code: String, _ place: SourcePlace, _ arguments: [String: String]) {
    diagnostics.append(Diagnostic(code, at: place, arguments))
  }
}
