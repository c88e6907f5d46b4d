import FEEL
import Policy

extension Decimal128 {
  /// With thousands separators and at least `places` decimals: `69,600.00`.
  func grouped(places: Int = 0) -> String {
    let parts = magnitude.description.split(separator: ".", omittingEmptySubsequences: false)
    var whole: [Character] = []
    for (position, digit) in parts[0].reversed().enumerated() {
      if position > 0, position % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    var fraction = parts.count > 1 ? String(parts[1]) : ""
    while fraction.count < places { fraction.append("0") }
    return (isNegative ? "-" : "") + String(whole.reversed()) + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// As money: `69,600.00`.
  var moneyText: String { grouped(places: 2) }
}

extension TraceNode {
  /// The value with its unit: money with two decimals, shares in per cent.
  var valueText: String {
    guard let number = Decimal128(value), let unit = unit.flatMap(Unit.named) else { return value }
    if unit.isShare, let percent = number * 100 { return "\(percent) %" }
    return "\(number.grouped(places: unit.isMoney ? 2 : 0)) \(unit.base.symbol)"
  }
}
