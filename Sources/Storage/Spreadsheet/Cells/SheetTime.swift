/// A time of day.
public struct SheetTime: Hashable, Sendable, CustomStringConvertible {
  public var hour, minute, second, millisecond: Int

  public init(hour: Int, minute: Int, second: Int = 0, millisecond: Int = 0) {
    self.hour = hour
    self.minute = minute
    self.second = second
    self.millisecond = millisecond
  }

  /// - Parameter milliseconds: since midnight.
  init(milliseconds: Int) {
    self.init(
      hour: milliseconds / 3_600_000, minute: milliseconds / 60_000 % 60, second: milliseconds / 1000 % 60,
      millisecond: milliseconds % 1000)
  }

  /// Since midnight.
  var milliseconds: Int { ((hour * 60 + minute) * 60 + second) * 1000 + millisecond }

  /// `09:05:00`, with the thousandths of a second where there are any.
  public var description: String {
    let text = "\(hour.padded(2)):\(minute.padded(2)):\(second.padded(2))"
    return millisecond == 0 ? text : "\(text).\(millisecond.padded(3))"
  }
}

extension Int {
  func padded(_ width: Int) -> String {
    let digits = String(self)
    return digits.count < width ? String(repeating: "0", count: width - digits.count) + digits : digits
  }
}
