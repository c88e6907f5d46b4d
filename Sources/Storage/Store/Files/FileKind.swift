import Foundation

/// What stands at a path. Links at the end of the path are followed by `init(path:)`, and seen by `init(linkAt:)`.
public enum FileKind: Sendable {
  case missing, regular, folder, link, other

  public init(path: String) {
    self.init(linkAt: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
  }

  init(linkAt path: String) {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
      self = .missing
      return
    }
    switch attributes[.type] as? FileAttributeType {
    case .typeRegular: self = .regular
    case .typeDirectory: self = .folder
    case .typeSymbolicLink: self = .link
    default: self = .other
    }
  }
}
