import Foundation
import Policy

/// The files that packs are made of, as they are at one moment: enough to see that one has changed.
public struct PackFiles: Equatable, Sendable {
  private struct Stamp: Equatable {
    var changed: Date
    var size: Int
  }

  private var stamps: [String: Stamp] = [:]

  /// - Parameter paths: folders of packs; the packs they use are looked at as well.
  public init(of paths: [String]) {
    var folders = Set(paths.map(\.withoutTrailingSlash))
    var waiting = Array(folders)
    while let folder = waiting.popLast(), folders.count < PackFolder.maximumPacks {
      guard
        let file = try? TextFile(path: folder.child(PackSource.manifestName), maximumSize: PackSource.maximumFileSize)
      else { continue }
      for id in PackSource.usedPacks(ofManifest: file.text) where id.isPackID {
        if folders.insert(folder.siblingPath(id)).inserted { waiting.append(folder.siblingPath(id)) }
      }
    }
    for folder in folders { add(folder, depth: 0) }
  }

  /// The files that were added, changed or taken away, in the order of their names.
  public func changes(since earlier: PackFiles) -> [String] {
    Set(stamps.keys).union(earlier.stamps.keys).filter { stamps[$0] != earlier.stamps[$0] }.sorted()
  }

  private mutating func add(_ folder: String, depth: Int) {
    guard depth <= PackFolder.maximumDepth, stamps.count < PackFolder.maximumFiles else { return }
    let manager = FileManager.default
    for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? [] where !name.hasPrefix(".") {
      let path = folder.child(name)
      guard let attributes = try? manager.attributesOfItem(atPath: path) else { continue }
      if attributes[.type] as? FileAttributeType == .typeDirectory {
        add(path, depth: depth + 1)
      } else if name.hasSuffix(".md") || name == PackSource.manifestName {
        stamps[path] = Stamp(
          changed: attributes[.modificationDate] as? Date ?? .distantPast, size: attributes[.size] as? Int ?? 0)
      }
    }
  }
}
