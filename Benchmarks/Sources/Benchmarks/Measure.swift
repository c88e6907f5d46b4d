/// The time one round of work takes: the best of several runs, each long enough to be measured.
func nanosecondsPerRound(of work: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  try work()
  var best = Double.infinity
  for _ in 0..<5 {
    var rounds = 0.0
    let start = clock.now
    repeat {
      try work()
      rounds += 1
    } while clock.now - start < .milliseconds(200)
    best = min(best, (clock.now - start).nanoseconds / rounds)
  }
  return best
}

extension Duration {
  fileprivate var nanoseconds: Double {
    Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9
  }
}

/// One line of the report, with the same work done another way beside it.
struct Line {
  var what: String
  var unit: String
  /// How many of them a round is.
  var count: Double
  var nanoseconds: Double
  var baseline: String
  var baselineNanoseconds: Double

  func write() {
    let rate = count / nanoseconds * 1e9
    let each = nanoseconds / count / 1000
    let ratio = nanoseconds / baselineNanoseconds
    print("\(what): \(whole(rate)) \(unit)/s, \(places(each)) µs each")
    print("    baseline: \(baseline), \(places(baselineNanoseconds / count / 1000)) µs each; ratio \(places(ratio))")
  }

  private func whole(_ value: Double) -> String {
    var digits = Array(String(Int(value)))
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: position)
      position -= 3
    }
    return String(digits)
  }

  private func places(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
  }
}
