import Foundation

/// The name of a file inside the workbook: `xl/worksheets/sheet1.xml`.
enum PartPath {
  /// The form under which names are compared: case does not matter, and some programs write `\` for `/`.
  static func key(_ name: String) -> String {
    let slashes = name.replacing("\\", with: "/")
    return slashes.drop { $0 == "/" }.lowercased()
  }

  /// The part that `target` leads to from another part; nil when it leads out of the workbook.
  static func resolved(_ target: String, from part: String) -> String? {
    let target = target.replacing("\\", with: "/")
    var steps = target.hasPrefix("/") ? [] : part.split(separator: "/").dropLast()
    for step in target.split(separator: "/") where step != "." {
      if step != ".." {
        steps.append(step)
      } else if steps.popLast() == nil {
        return nil
      }
    }
    return steps.joined(separator: "/")
  }

  /// Where the relations of a part are kept; those of the workbook as a whole for the empty name.
  static func relations(of part: String) -> String {
    var steps = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let name = steps.popLast() ?? ""
    return (steps + ["_rels", name + ".rels"]).joined(separator: "/")
  }

  /// The name with `%20` and its like written out.
  static func decoded(_ name: String) -> String { name.removingPercentEncoding ?? name }
}
