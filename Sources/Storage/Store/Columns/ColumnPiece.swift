import Population

/// The cells of a column for the rows of one chunk.
struct ColumnPiece: Sendable {
  /// Whole multiples of 10^-`scale`, or numbers of `texts`; what is not given reads as the lower bound, or zero.
  var cells: Cells
  /// nil when all are given.
  var states: Cells?
  var bounds: ClosedRange<Int64>?
  var scale: Int
  var occurring: Set<UInt8>
  /// Whether a value does not fit a column.
  var isUnsuitable: Bool
  var texts: TextNumbers
  /// The numbers of the texts that cells hold, others being spellings of them or of nothing.
  var used: [Int]
  /// Whether one of the texts may be written in more than one way.
  var hasOddTexts: Bool
}
