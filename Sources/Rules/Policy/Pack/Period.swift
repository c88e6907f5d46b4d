public import FEEL

/// A half-open stretch of days: from the first day, up to but not including `until`. nil is open.
public struct Period: Hashable, Sendable, CustomStringConvertible {
  public var from: CalendarDate?
  public var until: CalendarDate?

  public static let always = Period(from: nil, until: nil)

  public init(from: CalendarDate?, until: CalendarDate?) {
    self.from = from
    self.until = until
  }

  /// Reads `2022-08-15..2026-01-01`, either end left out. nil when it is not that, or ends before it begins.
  public init?(_ text: String) {
    guard let dots = text.firstRange(ofDots: "..") else { return nil }
    let first = text[..<dots.lowerBound].trimmed, second = text[dots.upperBound...].trimmed
    if !first.isEmpty {
      guard let date = CalendarDate(first) else { return nil }
      from = date
    }
    if !second.isEmpty {
      guard let date = CalendarDate(second) else { return nil }
      until = date
    }
    if let from, let until, until <= from { return nil }
  }

  public func contains(_ date: CalendarDate) -> Bool {
    if let from, date < from { return false }
    if let until, date >= until { return false }
    return true
  }

  public func overlaps(_ other: Period) -> Bool {
    if let until, let start = other.from, until <= start { return false }
    if let end = other.until, let from, end <= from { return false }
    return true
  }

  public func intersection(_ other: Period) -> Period? {
    guard overlaps(other) else { return nil }
    let starts = [from, other.from].compactMap { $0 }, ends = [until, other.until].compactMap { $0 }
    return Period(from: starts.max(), until: ends.min())
  }

  public var description: String { "\(from?.description ?? "")..\(until?.description ?? "")" }
}

extension String {
  /// The first place where `dots` stands.
  fileprivate func firstRange(ofDots dots: String) -> Range<String.Index>? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(dots) { return index..<self.index(index, offsetBy: dots.count) }
      index = self.index(after: index)
    }
    return nil
  }
}
