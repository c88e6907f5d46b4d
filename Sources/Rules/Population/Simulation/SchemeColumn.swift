public import FEEL
public import Policy

/// What one scheme comes to for every row, side by side.
public struct SchemeColumn: Sendable {
  /// Places in `Verdict.allCases`, which go from the worst to the best.
  private(set) var verdicts: [UInt8]
  /// In units of 10^-``scale`` 元, 0 where nothing is paid; empty for a scheme that pays nothing.
  private(set) var amounts: [Int64]
  private(set) var scale: Int
  /// How many amounts have no room in a column; they count as 0.
  private(set) var beyond = 0

  public var count: Int { verdicts.count }
  public func verdict(_ row: Int) -> Verdict { Verdict.allCases[Int(verdicts[row])] }

  /// 元; zero where nothing is paid.
  public func amount(_ row: Int) -> Decimal128 {
    amounts.isEmpty ? .zero : Decimal128(Int128(amounts[row]), exponent: -scale) ?? .zero
  }

  /// All rows not applicable, to be filled in.
  init(count: Int) {
    verdicts = [UInt8](repeating: 0, count: count)
    amounts = []
    scale = Self.cents
  }

  init(_ series: PopulationResults.Series) {
    verdicts = series.verdictCodes
    let digits = series.fractionDigits ?? Self.cents
    scale = digits
    amounts = series.fractionDigits == nil ? [] : series.units
    if digits < Self.cents { rescale(to: Self.cents) }
  }

  /// What the interpreter says of one row.
  mutating func set(_ row: Int, _ verdict: Verdict, _ amount: Decimal128?) {
    verdicts[row] = UInt8(Verdict.allCases.firstIndex(of: verdict) ?? 0)
    guard let amount, verdict == .met else {
      if !amounts.isEmpty { amounts[row] = 0 }
      return
    }
    if amounts.isEmpty { amounts = [Int64](repeating: 0, count: verdicts.count) }
    let digits = amount.fractionDigits ?? 0
    if digits > scale { rescale(to: min(digits, Self.finest)) }
    if let units = amount.scaled(by: scale).flatMap({ Int64(exactly: $0) }) {
      amounts[row] = units
    } else {
      amounts[row] = 0
      beyond += 1
    }
  }

  private mutating func rescale(to digits: Int) {
    let factor = Self.power(digits - scale)
    scale = digits
    for row in amounts.indices {
      let (amount, overflow) = amounts[row].multipliedReportingOverflow(by: factor)
      if overflow { beyond += 1 }
      amounts[row] = overflow ? 0 : amount
    }
  }

  /// Money is counted in fen at least.
  static let cents = 2
  private static let finest = 9

  static func power(_ exponent: Int) -> Int64 { (0..<max(exponent, 0)).reduce(1) { power, _ in power &* 10 } }
}
