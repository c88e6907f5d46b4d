public import Diagnostics
import JSON
public import Policy

/// A pack and those it uses as they are kept beside the decisions they made: texts under names that say nothing of any machine.
public struct KeptPacks: Sendable {
  public let main: PackSource
  public let used: [PackSource]

  /// - Parameter folder: as it was read.
  public init(_ folder: PackFolder) {
    main = folder.main.named
    used = folder.used.map(\.named)
  }

  /// The rules they make.
  public var rulebook: (Rulebook, [Diagnostic]) { Rulebook.read(main, using: used) }

  /// SHA-256 over the names and texts of all files, in hexadecimal digits.
  public var digest: String {
    var digest = SHA256()
    for source in [main] + used {
      digest.addPart(String(source.files.count))
      for file in source.files {
        digest.addPart(file.path)
        digest.addPart(file.text)
      }
    }
    return digest.digits()
  }

  // MARK: as bytes

  init(bytes: [UInt8], at place: SourcePlace) throws(Diagnostic) {
    let sources = try JSONNode.read(bytes, file: place.file).value.elements?.map { source in
      PackSource(
        files: (source.elements ?? []).map {
          PackSource.File(path: $0["path"]?.text ?? "", text: $0["text"]?.text ?? "")
        })
    }
    guard let sources, let first = sources.first else { throw Diagnostic("store.decision.pack", at: place) }
    main = first
    used = Array(sources.dropFirst())
  }

  var bytes: [UInt8] {
    let sources = ([main] + used).map { source -> JSONValue in
      .array(source.files.map { ["path": .string($0.path), "text": .string($0.text)] })
    }
    return Array(JSONValue.array(sources).text(.compact).utf8)
  }
}

extension PackSource {
  /// The same under the name of its folder alone.
  fileprivate var named: PackSource {
    guard let manifest = files.first(where: { $0.path.hasSuffix(PackSource.manifestName) })?.path else { return self }
    let folder = String(manifest.dropLast(PackSource.manifestName.count + 1)), name = folder.lastComponent
    return PackSource(
      files: files.map { file in
        guard file.path.hasPrefix(folder + "/") else { return file }
        return File(path: name + file.path.dropFirst(folder.count), text: file.text)
      })
  }
}
