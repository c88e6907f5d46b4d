import DMN
import Diagnostics
import FEEL

/// A case written for a reader: `x = 10000000.01 元，y = 是`. Inputs that may be anything are left out.
struct Witness {
  let table: DecisionTable
  let shape: TableShape
  let kinds: [InputKind]

  func text(of box: Box) -> String {
    let point = shape.space.point(in: box)
    let whole = shape.expected
    var columns = point.indices.filter { !shape.space.agree(on: $0, box, whole) }
    if columns.isEmpty { columns = Array(point.indices) }
    let parts = columns.map { column in
      let name = table.inputs[column].expression.source
      return "\(name) = \(Self.text(of: shape.axes[column].pieces[point[column]], kinds[column].unit))"
    }
    return parts.joined(separator: "，")
  }

  private static func text(of piece: Axis.Piece, _ unit: Unit?) -> String {
    text(of: piece.value, unit)
  }

  /// Money in 元, shares in per cent, others in their base unit.
  static func text(of value: Value, _ unit: Unit?) -> String {
    if value.isNull { return Keywords.shared.word("none", as: .word) }
    guard case .number(let number) = value else {
      if case .string(Axis.otherText) = value { return Keywords.shared.word("other", as: .word) }
      return ValueType(.text).text(of: value)
    }
    guard let unit else { return number.plainText }
    if unit.isShare, let percent = number * 100 { return "\(percent.plainText) %" }
    return "\(number.plainText) \(unit.base.symbol)"
  }
}

extension Decimal128 {
  /// Without the zeros that close a fraction.
  var plainText: String {
    let text = description
    guard text.contains("."), !text.contains("E") else { return text }
    let trimmed = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return String(trimmed.reversed())
  }
}
