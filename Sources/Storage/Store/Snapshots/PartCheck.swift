import Population

/// What a part must hold beside its checksum, so that nothing leads beyond a table.
struct PartCheck: Sendable {
  enum Content {
    case bytes
    /// All within bounds.
    case numbers(ClosedRange<Int64>)
    /// Given, or one of these.
    case states(Set<UInt8>)
    /// From zero, never falling, up to an end.
    case offsets(end: Int)
  }

  var cells: Cells
  var checksum: UInt64
  var content: Content
  var label: String

  var isSound: Bool {
    ByteHash.of(cells.bytes) == checksum && holds
  }

  private var holds: Bool {
    switch content {
    case .bytes: true
    case .states(let states): lieIn(states)
    case .numbers(let bounds):
      switch cells.width {
      case .one: lie(within: bounds, as: Int8.self)
      case .two: lie(within: bounds, as: Int16.self)
      case .four: lie(within: bounds, as: Int32.self)
      case .eight: lie(within: bounds, as: Int64.self)
      }
    case .offsets(let end):
      switch cells.width {
      case .one: rise(to: end, as: Int8.self)
      case .two: rise(to: end, as: Int16.self)
      case .four: rise(to: end, as: Int32.self)
      case .eight: rise(to: end, as: Int64.self)
      }
    }
  }

  private func lieIn(_ states: Set<UInt8>) -> Bool {
    let given = cells.pointer(UInt8.self)
    var seen: (Bool, Bool, Bool) = (false, false, false)
    var highest: UInt8 = 0
    for row in 0..<cells.count {
      let state = given[row]
      highest = max(highest, state)
      seen = (seen.0 || state == 1, seen.1 || state == 2, seen.2 || state == 3)
    }
    return highest <= 3
      && [1, 2, 3].allSatisfy { number in
        states.contains(number) == (number == 1 ? seen.0 : number == 2 ? seen.1 : seen.2)
      }
  }

  @inline(__always)
  private func lie<T: FixedWidthInteger>(within bounds: ClosedRange<Int64>, as type: T.Type) -> Bool {
    let numbers = cells.pointer(type)
    guard let low = T(exactly: bounds.lowerBound), let high = T(exactly: bounds.upperBound) else { return false }
    var least = high, greatest = low
    for row in 0..<cells.count {
      least = min(least, numbers[row])
      greatest = max(greatest, numbers[row])
    }
    return least >= low && greatest <= high
  }

  @inline(__always)
  private func rise<T: FixedWidthInteger>(to end: Int, as type: T.Type) -> Bool {
    let offsets = cells.pointer(type)
    guard cells.count > 0, offsets[0] == 0, Int(offsets[cells.count - 1]) == end else { return false }
    var falls = false
    for row in 1..<cells.count { falls = falls || offsets[row] < offsets[row - 1] }
    return !falls
  }
}
