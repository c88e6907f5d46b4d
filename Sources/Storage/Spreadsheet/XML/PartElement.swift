/// An element of a part as the parser shows it, for as long as its beginning is being handled.
struct PartElement {
  typealias Text = UnsafePointer<UInt8>

  let name: Text
  /// Whether white space at the ends of its text counts.
  let preservesSpace: Bool
  /// Five to each: name, prefix, namespace, and where the value begins and ends.
  let attributes: UnsafeMutablePointer<Text?>?
  let attributeCount: Int

  func isNamed(_ name: StaticString) -> Bool { self.name.isEqual(to: name) }

  /// The value of the attribute of that name; the first that is in a namespace, or is in none.
  func value(_ name: StaticString, isPrefixed: Bool = false) -> UnsafeBufferPointer<UInt8>? {
    guard let attributes else { return nil }
    for index in 0..<attributeCount {
      let attribute = attributes + 5 * index
      guard (attribute[1] != nil) == isPrefixed, let own = attribute[0], own.isEqual(to: name),
        let start = attribute[3], let end = attribute[4]
      else { continue }
      return UnsafeBufferPointer(start: start, count: end - start)
    }
    return nil
  }

  func text(_ name: StaticString, isPrefixed: Bool = false) -> String? {
    value(name, isPrefixed: isPrefixed).map { String(decoding: $0, as: UTF8.self) }
  }

  func flag(_ name: StaticString) -> Bool { value(name)?.truth ?? false }

  func number(_ name: StaticString) -> Int? { value(name)?.wholeNumber }
}

extension UnsafePointer<UInt8> {
  /// Compares text that ends with a zero byte.
  @inline(__always)
  func isEqual(to other: StaticString) -> Bool {
    for index in 0..<other.utf8CodeUnitCount where self[index] != other.utf8Start[index] { return false }
    return self[other.utf8CodeUnitCount] == 0
  }
}

extension UnsafeBufferPointer<UInt8> {
  func isEqual(to other: StaticString) -> Bool {
    count == other.utf8CodeUnitCount && elementsEqual(UnsafeBufferPointer(start: other.utf8Start, count: count))
  }

  /// `12`: nothing but digits, nine at most.
  var wholeNumber: Int? {
    guard !isEmpty, count <= 9 else { return nil }
    var number = 0
    for byte in self {
      guard byte.isDigit else { return nil }
      number = number * 10 + Int(byte &- UInt8(ascii: "0"))
    }
    return number
  }

  /// `1` or `true`, `0` or `false`.
  var truth: Bool? {
    if isEqual(to: "1") || isEqual(to: "true") { return true }
    return isEqual(to: "0") || isEqual(to: "false") ? false : nil
  }

  /// Without white space at either end.
  var trimmed: UnsafeBufferPointer<UInt8> {
    var rest = self[...]
    while let byte = rest.first, byte.isXMLSpace { rest.removeFirst() }
    while let byte = rest.last, byte.isXMLSpace { rest.removeLast() }
    return UnsafeBufferPointer(rebasing: rest)
  }
}

extension UInt8 {
  var isXMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
