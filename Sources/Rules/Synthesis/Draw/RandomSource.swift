/// SplitMix64: a small generator whose every state is a seed, so that each row and field can have one of its own.
struct RandomSource: RandomNumberGenerator {
  private(set) var state: UInt64

  init(seed: UInt64) { state = seed }

  @inline(__always)
  mutating func next() -> UInt64 {
    state &+= RandomSource.increment
    return RandomSource.mixed(state)
  }

  /// A whole number of 0..<`bound`, each equally likely; 0 when there is no other.
  @inline(__always)
  mutating func below(_ bound: Int) -> Int {
    guard bound > 1 else { return 0 }
    let bound = UInt64(bound)
    var (high, low) = next().multipliedFullWidth(by: bound)
    if low < bound {
      let biased = (0 &- bound) % bound
      while low < biased { (high, low) = next().multipliedFullWidth(by: bound) }
    }
    return Int(truncatingIfNeeded: high)
  }

  /// True in `perMillion` of a million cases.
  @inline(__always)
  mutating func happens(perMillion: Int) -> Bool { perMillion > 0 && below(1_000_000) < perMillion }

  /// A seed made of others: the same parts give the same seed, any other part a seed that has nothing to do with it.
  static func seed(_ parts: UInt64...) -> UInt64 { parts.reduce(0x5349_4C49_414E) { extended($0, by: part($1)) } }

  /// A seed with one more part.
  @inline(__always)
  static func extended(_ seed: UInt64, by part: UInt64) -> UInt64 { mixed(seed ^ part) }

  /// A part, ready to be added to many seeds.
  @inline(__always)
  static func part(_ part: UInt64) -> UInt64 { mixed(part &+ increment) }

  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

extension String {
  /// A seed from a word (FNV-1a).
  var seed: UInt64 { utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }
}
