public import FEEL

/// What a number measures. Values are held in the base unit of their dimension (元, a fraction, a day …).
public struct Unit: Hashable, Sendable {
  /// money, share, days … or a counting unit's own dimension; "" for a plain number.
  public let dimension: String
  /// The spelling in the pack, e.g. 万元.
  public let symbol: String
  /// How many base units one of this unit is; exact.
  public let factor: Decimal128

  /// The smallest difference between two stored facts, in base units: a cent, one person. nil where they lie dense.
  public var step: Decimal128? { Unit.table.steps[dimension] }
  /// What no stored fact lies below, in base units; nil where there is no such bound.
  public var floor: Decimal128? { Unit.table.floors[dimension] }
  /// The spelling of the dimension's base unit, e.g. 元.
  public var base: Unit { Unit.named(Unit.table.bases[dimension] ?? "") ?? self }
  public var isBase: Bool { factor == .one }
  public var isMoney: Bool { dimension == "money" }
  public var isShare: Bool { dimension == "share" }

  /// nil for a word that is no unit.
  public static func named(_ symbol: String) -> Unit? { table.units[symbol] }

  public static var symbols: [String] { Array(table.units.keys) }

  private static let table = UnitTable(PackageResources.units_txt)

  fileprivate init(dimension: String, symbol: String, factor: Decimal128) {
    self.dimension = dimension
    self.symbol = symbol
    self.factor = factor
  }
}

/// Resources/units.txt, read once.
private struct UnitTable: Sendable {
  var units: [String: Unit] = [:]
  var bases: [String: String] = [:]
  var steps: [String: Decimal128] = [:]
  var floors: [String: Decimal128] = [:]

  init(_ resource: [UInt8]) {
    for line in String(decoding: resource, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count >= 2 else { continue }
      bases[words[0]] = words[1]
      units[words[1]] = Unit(dimension: words[0], symbol: words[1], factor: .one)
      for word in words.dropFirst(2) {
        if let step = word.value(after: "step:") { steps[words[0]] = step }
        if let floor = word.value(after: "from:") { floors[words[0]] = floor }
        let parts = word.split(separator: "=").map(String.init)
        guard parts.count == 2, let factor = Decimal128(parts[1]) else { continue }
        units[parts[0]] = Unit(dimension: words[0], symbol: parts[0], factor: factor)
      }
    }
  }
}

extension String {
  fileprivate func value(after prefix: String) -> Decimal128? {
    hasPrefix(prefix) ? Decimal128(String(dropFirst(prefix.count))) : nil
  }
}

/// A number with its unit as written: `1000 万元`.
public struct Quantity: Hashable, Sendable {
  public let number: Decimal128
  public let unit: Unit?

  /// In the base unit of its dimension.
  public var value: Decimal128 {
    guard let unit else { return number }
    return number * unit.factor ?? number
  }

  /// - Returns: nil when the text is not a number followed by nothing or a known unit.
  public init?(_ text: String) {
    let text = text.trimmed.filter { $0 != "," }
    let digits = text.prefix { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }
    guard let number = Decimal128(String(digits)) else { return nil }
    let rest = text.dropFirst(digits.count).trimmed
    guard rest.isEmpty || Unit.named(rest) != nil else { return nil }
    self.number = number
    unit = rest.isEmpty ? nil : Unit.named(rest)
  }
}
