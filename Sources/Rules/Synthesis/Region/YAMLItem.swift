import Diagnostics
import Yams

/// A node of a YAML document with its place. Scalars are texts: nothing is read as a number.
struct YAMLItem {
  let node: Node
  let file: String

  static let maximumSize = 1 << 20

  /// - Throws: `synthesis.yaml.…`, also for anchors (which could make a small text huge) and for deep nesting.
  static func read(_ yaml: String, file: String) throws(Diagnostic) -> YAMLItem {
    try checkNesting(yaml, file: file)
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        throw Diagnostic("synthesis.yaml.empty", at: SourcePlace(file: file))
      }
      return YAMLItem(node: node, file: file)
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw problem(error, file: file)
    }
  }

  var place: SourcePlace { SourcePlace(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1) }

  var text: String? { node.scalar?.string }

  var elements: [YAMLItem]? { node.sequence?.map { YAMLItem(node: $0, file: file) } }

  var members: [(name: YAMLItem, value: YAMLItem)]? {
    node.mapping?.map { (YAMLItem(node: $0, file: file), YAMLItem(node: $1, file: file)) }
  }

  subscript(name: String) -> YAMLItem? { members?.first { $0.name.text == name }?.value }

  private static let maximumNesting = 64

  /// The composer calls itself for every level, so levels are counted before it starts.
  private static func checkNesting(_ yaml: String, file: String) throws(Diagnostic) {
    guard yaml.utf8.count <= maximumSize else {
      throw Diagnostic("synthesis.yaml.size", at: SourcePlace(file: file), ["limit": "1 MiB"])
    }
    var brackets = 0
    for (index, line) in yaml.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let lead = line.prefix { $0 == " " || $0 == "-" || $0 == "?" || $0 == ":" }
      for sign in line.utf8 {
        if sign == UInt8(ascii: "{") || sign == UInt8(ascii: "[") { brackets += 1 }
        if sign == UInt8(ascii: "}") || sign == UInt8(ascii: "]") { brackets = max(0, brackets - 1) }
      }
      guard brackets <= maximumNesting, lead.count <= 2 * maximumNesting else {
        let place = SourcePlace(file: file, line: index + 1)
        throw Diagnostic("synthesis.yaml.depth", at: place, ["limit": String(maximumNesting)])
      }
      if holdsAnchor(line) {
        throw Diagnostic("synthesis.yaml.anchor", at: SourcePlace(file: file, line: index + 1))
      }
    }
  }

  /// `&name` or `*name` where a value may begin.
  private static func holdsAnchor(_ line: Substring) -> Bool {
    var before: UInt8 = 0x20
    var isOpen = false
    for sign in line.utf8 {
      if isOpen, sign != 0x20 { return true }
      isOpen = (sign == UInt8(ascii: "&") || sign == UInt8(ascii: "*")) && " [{,:-".utf8.contains(before)
      before = sign
    }
    return false
  }

  private static func problem(_ error: any Error, file: String) -> Diagnostic {
    var place = SourcePlace(file: file)
    var detail = "\(error)"
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      (place.line, place.column, detail) = (mark.line, mark.column, problem)
    case .duplicatedKeysInMapping(let names, let context):
      (place.line, place.column) = (context.mark.line, context.mark.column)
      detail = names.joined(separator: ", ")
    default: break
    }
    return Diagnostic("synthesis.yaml.syntax", at: place, ["detail": detail])
  }
}
