import FEEL
import Instructions

/// The number of a register in its program: a value for each row of a block.
struct Register: Hashable, Sendable {
  var index: Int
}

/// How the values of a register lie in memory.
enum Lane: Hashable, Sendable {
  /// A byte: a truth (0 no, 1 unknown, 2 yes), or a mask.
  case byte
  case integer
  /// Where 64 bits are not proved to be enough.
  case wide
}

/// A column of a table in a plan.
struct ColumnReference: Hashable, Sendable {
  var table: String
  var key: ColumnTable.Key
}

enum Comparison: Hashable, Sendable { case less, lessOrEqual, equal }

enum DatePart: CaseIterable, Hashable, Sendable { case year, month, day, weekday }

/// One step of a plan: what it computes for each row, from registers before it. Equal operations share a register.
enum Operation: Hashable, Sendable {
  // Integers; the lane of the register says whether of 64 or 128 bits, and is that of the operands.
  case constant(Int128)
  /// The same in all rows, given when the program runs: the number of a setting. An integer or a byte.
  case setting(Int)
  /// The value of a column, in the row of the program or in the row that a register names.
  case load(ColumnReference, row: Register?)
  case widen(Register)
  case add(Register, Register)
  case subtract(Register, Register)
  case multiply(Register, Register)
  case scale(Register, by: Int128)
  case minimum(Register, Register)
  case maximum(Register, Register)
  /// `a` where the truth is yes, else `b`.
  case select(Register, Register, Register)
  /// A quotient made whole; where the divisor is zero, zero.
  case divide(Register, by: Register, WholeRounding)
  /// The entry of a table by a code; -1 beyond it.
  case lookUp(Register, LookUp)
  case datePart(Register, DatePart)
  case addMonths(Register, Register)
  /// Whole months from the first date to the second.
  case monthsBetween(Register, Register)
  case byteToInteger(Register)
  /// The row number within the table.
  case ownRow

  // Bytes.
  case byte(UInt8)
  /// What the state of a cell means: an entry for each ``Column/State``.
  case state(ColumnReference, row: Register?, meanings: [UInt8])
  /// A truth column, unknown where nothing is given.
  case truth(ColumnReference, row: Register?)
  case compare(Comparison, Register, Register)
  case leastByte(Register, Register)
  case greatestByte(Register, Register)
  case orBytes(Register, Register)
  case selectByte(Register, Register, Register)
  /// An entry for each value of the byte, which is at most three.
  case mapByte(Register, [UInt8])
  case lookUpByte(Register, LookUp)
  case integerToByte(Register)
  /// Yes where the byte has the value.
  case byteEquals(Register, UInt8)

  /// What comes of the rows of another table.
  case reduce(Reduction)
  /// A register of the program around a nested one, for the row that a child belongs to.
  case imported(Register)
}

/// A table that a code leads into.
struct LookUp: Hashable, Sendable {
  var entries: [Int64]
}

/// What is made of the rows of a nested program that belong to one row.
struct Reduction: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// How many rows are kept.
    case count
    /// How many different values they have.
    case distinctCount
    /// Of the kept values that are not null.
    case sum, least, greatest
    /// The value of the n-th row kept, counted from 1; -1 for the last.
    case element(Int)
    /// The bitwise or of the bytes of the kept rows.
    case orBytes
    case greatestByte, leastByte
  }

  var kind: Kind
  /// Index of the nested program among those of the program around.
  var nest: Int
  /// A truth; rows are kept where it is yes. nil: all.
  var keep: Register?
  var value: Register?
}
