/// The text of cells, one after the other, as bytes.
final class CellBuffer {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 1 << 16) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  func removeAll(from start: Int = 0) { count = min(start, count) }

  /// Room for `more` bytes; what is written there counts after ``advance(by:)``.
  @inline(__always)
  func room(for more: Int) -> UnsafeMutablePointer<UInt8> {
    if count + more > capacity { grow(by: more) }
    return base + count
  }

  @inline(__always)
  func advance(by bytes: Int) { count += bytes }

  @inline(__always)
  func append(_ byte: UInt8) {
    room(for: 1).pointee = byte
    count += 1
  }

  @inline(__always)
  func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    room(for: length).update(from: bytes, count: length)
    count += length
  }

  func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { if let start = $0.baseAddress { append(start, $0.count) } }
  }

  private func grow(by more: Int) {
    let size = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    larger.update(from: base, count: count)
    base.deallocate()
    (base, capacity) = (larger, size)
  }
}

// MARK: - Numbers and dates

extension CellBuffer {
  /// In decimal, with zeros in front up to `width`.
  @inline(__always)
  func append(_ number: UInt64, width: Int = 1) {
    let longest = max(20, width)
    let start = room(for: longest)
    var end = longest
    var rest = number
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      end -= 1
      start[end] = UInt8(truncatingIfNeeded: digit) &+ 0x30
      rest = quotient
    } while rest != 0 || longest - end < width
    let length = longest - end
    for position in 0..<length { start[position] = start[end + position] }
    count += length
  }

  /// Without superfluous zeros behind the point.
  @inline(__always)
  func append(_ number: Scaled) {
    var digits = number.digits.magnitude, scale = number.scale
    while scale > 0, digits % 10 == 0 {
      digits /= 10
      scale -= 1
    }
    if number.digits < 0 { append(UInt8(ascii: "-")) }
    if scale == 0 { return append(digits) }
    let (whole, fraction) = digits.quotientAndRemainder(dividingBy: UInt64(Scaled.power(scale)))
    append(whole)
    append(UInt8(ascii: "."))
    append(fraction, width: scale)
  }
}
