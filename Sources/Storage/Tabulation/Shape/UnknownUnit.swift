import Policy

/// A text that ends as a unit does but is none: its numbers would be read wrongly.
struct UnknownUnit: Hashable {
  let symbol: String
  let dimension: String

  private static let longest = 4

  init?(_ text: String) {
    guard text.count <= UnknownUnit.longest, Unit.named(text) == nil,
      let unit = Unit.symbols.filter({ text.hasSuffix($0) }).compactMap(Unit.named).max(by: UnknownUnit.isShorter)
    else { return nil }
    symbol = text
    dimension = unit.dimension
  }

  private static func isShorter(_ a: Unit, _ b: Unit) -> Bool {
    (a.symbol.count, a.symbol) < (b.symbol.count, b.symbol)
  }
}
