/// A duration as XML Schema writes it: years and months, or days and time, never both.
enum DurationText {
  case days(DaysDuration)
  case months(MonthsDuration)

  init?(_ text: String) {
    var scanner = TemporalScanner(text)
    let isNegative = scanner.take("-")
    guard scanner.take("P") else { return nil }
    var parts = Parts()
    guard parts.read(&scanner, [("Y", \.months, 12), ("M", \.months, 1), ("D", \.nanoseconds, 86_400_000_000_000)])
    else { return nil }
    if scanner.take("T") {
      let before = parts.count
      guard parts.readTime(&scanner), parts.count > before else { return nil }
    }
    guard scanner.isAtEnd, parts.count > 0, let value = parts.value(isNegative: isNegative) else { return nil }
    self = value
  }

  private struct Parts {
    var months: Int128?
    var nanoseconds: Int128?
    var count = 0
    /// A number that has been read but not yet its letter.
    private var pending: Int128?

    /// Reads as many of the units as stand there, in their order. False when a number has no unit, or is too large.
    mutating func read(
      _ scanner: inout TemporalScanner, _ units: [(Unicode.Scalar, WritableKeyPath<Parts, Int128?>, Int128)]
    ) -> Bool {
      for (letter, field, size) in units {
        if pending == nil {
          let digits = scanner.digits()
          if digits.isEmpty { return true }
          guard digits.utf8.count <= 18, let number = Int128(digits) else { return false }
          pending = number
        }
        if let number = pending, scanner.take(letter) {
          self[keyPath: field] = (self[keyPath: field] ?? 0) + number * size
          count += 1
          pending = nil
        }
      }
      return pending == nil
    }

    mutating func readTime(_ scanner: inout TemporalScanner) -> Bool {
      let second: Int128 = 1_000_000_000
      let isDone = read(&scanner, [("H", \.nanoseconds, 3_600 * second), ("M", \.nanoseconds, 60 * second)])
      if isDone {
        let digits = scanner.digits()
        if digits.isEmpty { return true }
        guard digits.utf8.count <= 18 else { return false }
        pending = Int128(digits)
      }
      return readSeconds(&scanner)
    }

    private mutating func readSeconds(_ scanner: inout TemporalScanner) -> Bool {
      guard let whole = pending else { return false }
      var fraction = 0
      if scanner.take(".") { fraction = scanner.fraction() ?? 0 }
      guard scanner.take("S") else { return false }
      nanoseconds = (nanoseconds ?? 0) + whole * 1_000_000_000 + Int128(fraction)
      pending = nil
      count += 1
      return true
    }

    func value(isNegative: Bool) -> DurationText? {
      switch (months, nanoseconds) {
      case (let months?, nil):
        Int(exactly: isNegative ? -months : months).map { .months(MonthsDuration(months: $0)) }
      case (nil, let count?):
        DaysDuration(nanosecondCount: isNegative ? -count : count).map { .days($0) }
      default: nil
      }
    }
  }
}
