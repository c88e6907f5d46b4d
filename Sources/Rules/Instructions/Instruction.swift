/// A step made ready for one population: what to do, in which width, from where to where. Plain memory, so that going from one to
/// the next costs nothing.
package struct Instruction: BitwiseCopyable {
  /// Where values lie: `base` for the first row of a block, and how many bytes it moves on for each row that the block begins
  /// after the first. Without a base, `step` is what stands in every row.
  package struct Source: BitwiseCopyable {
    package var base: UnsafeMutableRawPointer?
    package var step: Int

    package static var nothing: Source { Source(base: nil, step: 0) }

    package init(base: UnsafeMutableRawPointer?, step: Int) {
      self.base = base
      self.step = step
    }
  }

  package enum Code: UInt8, BitwiseCopyable {
    case add, subtract, multiply, minimum, maximum, select, divide
    case less, lessOrEqual, equal
    case convert, lookUp, or, map, byteEquals
    case datePart, addMonths, monthsBetween, ownRow, load, state, truth
    case nest
  }

  package var code: Code
  /// Of the operands, and of the result.
  package var width: Width
  package var resultWidth: Width
  package var result = Source.nothing
  package var a = Source.nothing, b = Source.nothing, c = Source.nothing
  /// What belongs to the code: four entries of a map in one number, the number of a nest, of a rounding or of a part of a date.
  package var detail = 0
  /// How many entries or cells lie at `table`.
  package var count = 0
  package var table: UnsafeRawPointer?
  /// The states of the cells at `table`.
  package var states: UnsafeRawPointer?

  package init(code: Code, width: Width, resultWidth: Width) {
    self.code = code
    self.width = width
    self.resultWidth = resultWidth
  }
}

extension Instruction.Source {
  /// The values of a block that begins with a row; nil for a constant.
  @inlinable @inline(__always)
  package func pointer(_ start: Int) -> UnsafeMutableRawPointer? { base.map { $0 + start &* step } }
}
