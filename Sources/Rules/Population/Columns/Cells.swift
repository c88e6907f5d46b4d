/// How many bytes a cell takes: a whole number with sign.
public enum CellWidth: UInt8, CaseIterable, Sendable {
  case one = 1
  case two = 2
  case four = 4
  case eight = 8

  /// The narrowest that holds all numbers of a range.
  public init(holding bounds: ClosedRange<Int64>) {
    func fits<T: FixedWidthInteger>(_ type: T.Type) -> Bool {
      T(exactly: bounds.lowerBound) != nil && T(exactly: bounds.upperBound) != nil
    }
    self = fits(Int8.self) ? .one : fits(Int16.self) ? .two : fits(Int32.self) ? .four : .eight
  }

  public var bytes: Int { Int(rawValue) }
}

/// The cells of a column: read-only memory of its own, or a part of a file that is mapped as long as this lives.
public final class Cells: @unchecked Sendable {
  /// Aligned to the width.
  package let base: UnsafeRawPointer
  public let width: CellWidth
  public let count: Int
  /// What keeps the memory; nil when it is this one's own.
  private let owner: AnyObject?

  /// - Parameters:
  ///   - base: memory of `count` cells that nobody changes as long as `owner` lives, aligned to the width.
  package init(_ base: UnsafeRawPointer, width: CellWidth, count: Int, owner: AnyObject) {
    self.base = base
    self.width = width
    self.count = count
    self.owner = owner
  }

  /// Memory of its own, filled by `fill`.
  package init(width: CellWidth, count: Int, fill: (UnsafeMutableRawPointer) -> Void) {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * width.bytes, alignment: 64)
    fill(memory)
    base = UnsafeRawPointer(memory)
    self.width = width
    self.count = count
    owner = nil
  }

  /// Copies numbers, each of which the width must hold.
  package convenience init(_ values: [Int64], width: CellWidth) {
    self.init(width: width, count: values.count) { Self.write(values, to: $0, width: width) }
  }

  /// Writes numbers as cells of a width, which must hold each.
  package static func write(_ values: [Int64], to memory: UnsafeMutableRawPointer, width: CellWidth) {
    values.withUnsafeBufferPointer { write($0, to: memory, width: width) }
  }

  package static func write(
    _ values: UnsafeBufferPointer<Int64>, to memory: UnsafeMutableRawPointer, width: CellWidth
  ) {
    switch width {
    case .one: copy(values, into: memory, as: Int8.self)
    case .two: copy(values, into: memory, as: Int16.self)
    case .four: copy(values, into: memory, as: Int32.self)
    case .eight: copy(values, into: memory, as: Int64.self)
    }
  }

  package convenience init(bytes: some Collection<UInt8>) {
    self.init(width: .one, count: bytes.count) { memory in
      UnsafeMutableRawBufferPointer(start: memory, count: bytes.count).copyBytes(from: bytes)
    }
  }

  deinit { if owner == nil { UnsafeMutableRawPointer(mutating: base).deallocate() } }

  @inline(__always)
  private static func copy<T: FixedWidthInteger>(
    _ values: UnsafeBufferPointer<Int64>, into memory: UnsafeMutableRawPointer, as type: T.Type
  ) {
    let target = memory.assumingMemoryBound(to: T.self)
    for index in 0..<values.count { target[index] = T(truncatingIfNeeded: values[index]) }
  }

  /// All cells.
  package var numbers: [Int64] {
    [Int64](unsafeUninitializedCapacity: count) { target, filled in
      read(into: UnsafeMutableBufferPointer(rebasing: target[..<count]))
      filled = count
    }
  }

  /// - Parameter numbers: as many as there are cells.
  package func read(into numbers: UnsafeMutableBufferPointer<Int64>) {
    precondition(numbers.count == count, "as many as there are cells")
    switch width {
    case .one: read(Int8.self, into: numbers)
    case .two: read(Int16.self, into: numbers)
    case .four: read(Int32.self, into: numbers)
    case .eight: read(Int64.self, into: numbers)
    }
  }

  @inline(__always)
  private func read<T: FixedWidthInteger>(_ type: T.Type, into numbers: UnsafeMutableBufferPointer<Int64>) {
    let source = pointer(type)
    for index in 0..<numbers.count { numbers[index] = Int64(source[index]) }
  }

  /// The cells as numbers of that type, which must be as wide as they are.
  @inline(__always)
  package func pointer<T: FixedWidthInteger>(_ type: T.Type) -> UnsafePointer<T> { base.assumingMemoryBound(to: type) }

  /// The cells of a run of rows.
  package func read(_ rows: Range<Int>, into numbers: inout [Int64]) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= count && numbers.count == rows.count, "rows of the column")
    func read<T: FixedWidthInteger>(_ type: T.Type) {
      let cells = pointer(type) + rows.lowerBound
      numbers.withUnsafeMutableBufferPointer { numbers in
        for index in numbers.indices { numbers[index] = Int64(cells[index]) }
      }
    }
    switch width {
    case .one: read(Int8.self)
    case .two: read(Int16.self)
    case .four: read(Int32.self)
    case .eight: read(Int64.self)
    }
  }

  /// One cell; for single looks, not for loops over rows.
  public subscript(row: Int) -> Int64 {
    precondition(row >= 0 && row < count, "a row of the column")
    return switch width {
    case .one: Int64(pointer(Int8.self)[row])
    case .two: Int64(pointer(Int16.self)[row])
    case .four: Int64(pointer(Int32.self)[row])
    case .eight: pointer(Int64.self)[row]
    }
  }

  /// The memory as it is.
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count * width.bytes) }
}
