import Foundation

extension String {
  func child(_ name: String) -> String { hasSuffix("/") ? self + name : "\(self)/\(name)" }

  var withoutTrailingSlash: String {
    var path = self
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  /// The folder's own name, also for `.` and `..`.
  var lastComponent: String { URL(fileURLWithPath: self).standardizedFileURL.lastPathComponent }

  /// The path of a folder beside this one, as short as this one is written.
  func siblingPath(_ name: String) -> String {
    let last = split(separator: "/").last ?? ""
    if last == "." || last == ".." || isEmpty { return child("..").child(name) }
    return dropLast(last.count) + name
  }

  /// The folder that holds this one, written as shortly.
  var parentPath: String {
    let last = split(separator: "/").last ?? ""
    if last == "." || last == ".." || isEmpty { return child("..") }
    let parent = String(dropLast(last.count)).withoutTrailingSlash
    return parent.isEmpty ? "." : parent
  }

  /// Letters, digits and hyphens: a name that cannot lead out of a folder.
  var isPackID: Bool { !isEmpty && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } }
}
