/// A days and time duration (DMN 1.5 §10.3.2.3.7), to the nanosecond.
public struct DaysDuration: Hashable, Sendable {
  /// Whole seconds, rounded down; with ``nanoseconds`` (0..<1 000 000 000) to add.
  private let wholeSeconds: Int
  private let nanoseconds: Int32

  /// nil beyond the range of `Int` seconds.
  init?(nanosecondCount count: Int128) {
    var (seconds, rest) = count.quotientAndRemainder(dividingBy: 1_000_000_000)
    if rest < 0 { (seconds, rest) = (seconds - 1, rest + 1_000_000_000) }
    guard let whole = Int(exactly: seconds) else { return nil }
    wholeSeconds = whole
    nanoseconds = Int32(rest)
  }

  /// Any length of `Int` seconds.
  public init(seconds: Int) {
    wholeSeconds = seconds
    nanoseconds = 0
  }

  /// nil beyond the range of `Int` seconds.
  public init?(seconds: Int, nanoseconds: Int) {
    self.init(nanosecondCount: Int128(seconds) * 1_000_000_000 + Int128(nanoseconds))
  }

  /// The whole length in nanoseconds.
  public var nanosecondCount: Int128 { Int128(wholeSeconds) * 1_000_000_000 + Int128(nanoseconds) }

  /// The whole length in seconds, exact.
  public var seconds: Decimal128 { Decimal128(nanosecondCount, exponent: -9) ?? .zero }

  public var isNegative: Bool { wholeSeconds < 0 }

  /// One part of the normal form (`days`, `hours` below 24, …), each with the sign of the duration.
  func part(_ unit: Int128, below limit: Int128?) -> Int {
    let parts = nanosecondCount / unit
    return Int(limit.map { parts % $0 } ?? parts)
  }
}

extension DaysDuration: Comparable {
  public static func < (a: DaysDuration, b: DaysDuration) -> Bool {
    (a.wholeSeconds, a.nanoseconds) < (b.wholeSeconds, b.nanoseconds)
  }
}

extension DaysDuration: LosslessStringConvertible {
  /// `P1DT2H3M4.5S`, with a minus before it all; at least one part.
  public init?(_ text: String) {
    guard case .days(let duration)? = DurationText(text) else { return nil }
    self = duration
  }

  public var description: String {
    let size = nanosecondCount.magnitude
    guard size != 0 else { return "PT0S" }
    let (minutes, rest) = size.quotientAndRemainder(dividingBy: 60_000_000_000)
    let (second, nanosecond) = Int(rest).quotientAndRemainder(dividingBy: 1_000_000_000)
    let days = minutes / 1_440, hour = minutes / 60 % 24, minute = minutes % 60
    var time = ""
    if hour != 0 { time += "\(hour)H" }
    if minute != 0 { time += "\(minute)M" }
    if rest != 0 { time += "\(second)\(nanosecond.fractionText)S" }
    return "\(isNegative ? "-" : "")P\(days == 0 ? "" : "\(days)D")\(time.isEmpty ? "" : "T\(time)")"
  }
}
