/// A step made ready for one population: what to do, in which width, from where to where. Plain memory, so that going from one to
/// the next costs nothing.
struct Instruction {
  /// Where values lie: `base` for the first row of a block, and how many bytes it moves on for each row that the block begins
  /// after the first. Without a base, `step` is what stands in every row.
  struct Source {
    var base: UnsafeMutableRawPointer?
    var step: Int

    static var nothing: Source { Source(base: nil, step: 0) }

    @inline(__always)
    func pointer(_ start: Int) -> UnsafeMutableRawPointer? { base.map { $0 + start &* step } }
  }

  enum Code: UInt8 {
    case add, subtract, multiply, minimum, maximum, select, divide
    case less, lessOrEqual, equal
    case convert, lookUp, or, map, byteEquals
    case datePart, addMonths, monthsBetween, ownRow, load, state, truth
    case nest
  }

  var code: Code
  /// Of the operands, and of the result.
  var width: Width
  var resultWidth: Width
  var result = Source.nothing
  var a = Source.nothing, b = Source.nothing, c = Source.nothing
  /// What belongs to the code: four entries of a map in one number, the number of a nest, of a rounding or of a part of a date.
  var detail = 0
  /// How many entries or cells lie at `table`.
  var count = 0
  var table: UnsafeRawPointer?
  /// The states of the cells at `table`.
  var states: UnsafeRawPointer?
}
