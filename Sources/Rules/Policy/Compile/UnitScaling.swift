import FEEL

/// A unit in a header scales the plain numbers of its cells: `<= 1000` under 万元 means ten million 元.
enum UnitScaling {
  /// The source with each plain number multiplied. A factor or divisor in a product is a pure number and stays.
  static func rescale(_ source: String, _ nodes: [Node], by factor: Decimal128) -> String {
    var found: [(Range<Int>, Decimal128)] = []
    for node in nodes { collect(node, into: &found) }
    var scalars = Array(source.unicodeScalars)
    for (span, number) in found.sorted(by: { $0.0.lowerBound > $1.0.lowerBound }) {
      guard let scaled = number * factor else { continue }
      scalars.replaceSubrange(span, with: scaled.description.unicodeScalars)
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  private static func collect(_ node: Node, into found: inout [(Range<Int>, Decimal128)]) {
    switch node.kind {
    case .literal(.number(let number)): found.append((node.span, number))
    case .arithmetic(.multiply, _, _), .arithmetic(.divide, _, _), .arithmetic(.power, _, _): break
    case .filter, .path, .function, .instance: break
    case .conditional(let condition, let yes, let no):
      if case .comparison = condition.kind {} else { collect(condition, into: &found) }
      collect(yes, into: &found)
      collect(no, into: &found)
    default: for child in node.children { collect(child, into: &found) }
    }
  }

  /// `[5..10] 亿元` as `[5..10]` and 亿元; no unit when none closes the text.
  static func splitUnit(_ text: String) -> (String, Unit?) {
    let text = text.trimmed
    let suffix = Unit.symbols.filter { text.hasSuffix($0) }.max { $0.count < $1.count }
    guard let suffix, let unit = Unit.named(suffix) else { return (text, nil) }
    let body = text.dropLast(suffix.count).trimmed
    guard let last = body.last, last.isASCII, last.isNumber || "])".contains(last) else { return (text, nil) }
    return (body, unit)
  }
}
