/// Which of the bytes 0 to 7 a register may hold; anything when it may hold others as well.
struct ByteSet: Equatable, ExpressibleByArrayLiteral, Sendable {
  private var bits: UInt8

  static let any = ByteSet(bits: .max)

  private init(bits: UInt8) { self.bits = bits }

  init(_ value: UInt8) { bits = value < 8 ? 1 << value : .max }

  init(_ values: some Sequence<UInt8>) {
    bits = values.reduce(0) { $0 | ByteSet($1).bits }
  }

  init(arrayLiteral values: UInt8...) { self.init(values) }

  func contains(_ value: UInt8) -> Bool { bits & ByteSet(value).bits != 0 }

  /// No byte above yes.
  var isTruth: Bool { bits & ~0b111 == 0 }

  /// In ascending order.
  var values: [UInt8] { (0..<8).filter { contains($0) } }

  func union(_ other: ByteSet) -> ByteSet { ByteSet(bits: bits | other.bits) }

  /// What comes of each value with each of another.
  func combined(with other: ByteSet, _ body: (UInt8, UInt8) -> UInt8) -> ByteSet {
    if self == .any || other == .any { return .any }
    return ByteSet(values.flatMap { a in other.values.map { body(a, $0) } })
  }
}
