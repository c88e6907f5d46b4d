import Instructions

/// A plan over the rows of one table, ready to run: the steps that its outputs need, in order, each with a place for its values.
/// Places are used again as soon as nothing reads them any more, so that a block stays within the cache.
struct Program: Sendable {
  /// Where the values of a register lie within the memory of a block.
  struct Place: Hashable, Sendable {
    /// Bytes for each row that lie before it.
    var offset: Int
    var width: Width
  }

  /// What a step reads.
  enum Operand: Hashable, Sendable {
    case place(Place)
    /// The same in all rows.
    case constant(Int128)
    /// The same in all rows, given when the program runs; in at least eight bytes.
    case setting(Int, Width)
    /// What another program has left, by the number of its output.
    case kept(Int, Width)
    /// The cells of a column as they lie, for rows that follow each other.
    case cells(ColumnReference, Width)
    /// The states of a column's cells.
    case states(ColumnReference)
  }

  /// What is done to the operands of a step, all of one width unless said otherwise.
  enum Kernel: Hashable, Sendable {
    case add, subtract, multiply, minimum, maximum
    /// Where the truth (a byte) is yes, the second operand, else the third.
    case select
    case divide(WholeRounding)
    /// Truths, bytes.
    case compare(Comparison)
    /// The same number in another width, which holds it.
    case convert(from: Width)
    /// By codes of four bytes; the default beyond the entries.
    case lookUp([Int64], beyond: Int64)
    case or
    /// An entry for each value of a byte.
    case map([UInt8])
    case byteEquals(UInt8)
    // Day numbers of eight bytes.
    case datePart(DatePart)
    case addMonths, monthsBetween
    /// Row numbers, four bytes.
    case ownRow
    // Cells by row numbers of four bytes; without an operand, those of the rows at hand.
    case load(ColumnReference)
    case state(ColumnReference, meanings: [UInt8])
    case truth(ColumnReference)
  }

  enum Step: Sendable {
    case kernel(Kernel, Place, operands: [Operand])
    case nest(NestRun)
  }

  /// Rows of another table, run for the rows of a block, with all that is made of them.
  struct NestRun: Sendable {
    var program: Program
    var table: String
    var field: String
    /// The rows of the parent's table, in four bytes; nil: the program's own.
    var parent: Operand?
    /// What the nested program takes from the one around.
    var imports: [(from: Operand, to: Place)]
    var reductions: [ReductionRun]
  }

  struct ReductionRun: Sendable {
    var kind: Reduction.Kind
    var keep: Place?
    var value: Place?
    var result: Place
  }

  let table: String
  let steps: [Step]
  /// What is the same in all rows and is read as if it were not.
  let constants: [(value: Int128, place: Place)]
  /// The same for what is given when the program runs.
  let settings: [(number: Int, place: Place)]
  /// Bytes that one row of a block takes, without nested programs.
  let ownBytesPerRow: Int
  let outputs: [Operand]
  let doubts: [Operand]
  /// Registers of the program around, and where their values go.
  let imports: [(register: Register, place: Place)]

  /// - Parameters:
  ///   - outputs: registers of the builder that are wanted; they keep their places to the end.
  ///   - doubts: masks of rows that are the interpreter's; nil for all that the builder has noted.
  ///   - given: registers whose values another program leaves.
  init(
    _ builder: ProgramBuilder, outputs: [Register], doubts: [Register]? = nil, given: [Register: Operand] = [:]
  ) {
    var lowering = Lowering(builder, given: given)
    let wanted = lowering.lower((outputs + (doubts ?? builder.doubts)).map { Lowering.Wanted(register: $0) })
    self.init(lowering, wanted, count: outputs.count)
  }

  /// - Parameter wanted: values of the lowering; the first `count` are outputs, the others doubts.
  init(_ lowering: Lowering, _ wanted: [Lowering.Virtual], count: Int) {
    let placement = Placement(lowering, wanted)
    table = lowering.builder.table
    steps = placement.steps
    constants = placement.constants
    settings = placement.settings
    ownBytesPerRow = placement.size
    imports = placement.imports
    let all = wanted.map { placement.operand($0) }
    outputs = Array(all[..<count])
    doubts = Array(all[count...])
  }

  /// Bytes that one row of a block takes.
  var bytesPerRow: Int {
    ownBytesPerRow
      + steps.reduce(0) { sum, step in if case .nest(let run) = step { sum + run.program.bytesPerRow } else { sum } }
  }

  var stepCount: Int {
    steps.reduce(0) { sum, step in if case .nest(let run) = step { sum + run.program.stepCount } else { sum + 1 } }
  }
}
