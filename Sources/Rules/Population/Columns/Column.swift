/// The values of one field for all records of a type, side by side.
///
/// Numbers are whole multiples of 10^-`scale` of the field's base unit (元 with scale 2: fen), dates days since 1970-01-01,
/// truths 0 and 1, texts codes of a ``TextPool``, references row numbers of the table they lead to.
public struct Column: Sendable {
  public enum Kind: Sendable {
    case number(scale: Int)
    case truth
    case date
    case text(TextPool)
    case reference(table: String)
  }

  /// What is known of one cell.
  public enum State: UInt8, CaseIterable, Sendable {
    case given = 0
    /// Known to be none (`无`).
    case none = 1
    case unknown = 2
    /// A reference to a record that is not there.
    case dangling = 3
  }

  public let kind: Kind
  /// As narrow as the bounds allow. What is not given reads as the lower bound, so that arithmetic on it stays within what is
  /// proved.
  public let cells: Cells
  /// A ``State`` for each row, a byte each; nil when all are given.
  public let stateCells: Cells?
  /// Of the given values; nil when there are none.
  public let bounds: ClosedRange<Int64>?
  /// The states that occur, other than given.
  package let occurring: Set<UInt8>

  /// - Parameters:
  ///   - values: one for each row; what stands where nothing is given does not matter.
  ///   - states: one for each row, or none when all are given.
  public init(_ kind: Kind, values: [Int64], states: [UInt8] = []) {
    precondition(states.isEmpty || states.count == values.count, "a state for each value")
    var low = Int64.max, high = Int64.min
    var seen: (Bool, Bool, Bool) = (false, false, false)
    if states.isEmpty {
      for value in values { (low, high) = (min(low, value), max(high, value)) }
    } else {
      for (value, state) in zip(values, states) {
        switch state {
        case State.given.rawValue: (low, high) = (min(low, value), max(high, value))
        case State.none.rawValue: seen.0 = true
        case State.unknown.rawValue: seen.1 = true
        default: seen.2 = true
        }
      }
    }
    var occurring: Set<UInt8> = []
    if seen.0 { occurring.insert(State.none.rawValue) }
    if seen.1 { occurring.insert(State.unknown.rawValue) }
    if seen.2 { occurring.insert(State.dangling.rawValue) }
    let bounds = low <= high ? low...high : nil
    let filler = bounds?.lowerBound ?? 0
    let width = CellWidth(holding: bounds ?? 0...0)
    let cells =
      occurring.isEmpty
      ? Cells(values, width: width)
      : Cells(zip(values, states).map { $1 == 0 ? $0 : filler }, width: width)
    self.init(
      kind, cells: cells, stateCells: occurring.isEmpty ? nil : Cells(bytes: states), bounds: bounds,
      occurring: occurring)
  }

  /// - Parameters:
  ///   - cells: all within the bounds, and zero when there are none; of one byte for truths.
  ///   - stateCells: a byte each, as many as cells; nil when all are given.
  package init(
    _ kind: Kind, cells: Cells, stateCells: Cells?, bounds: ClosedRange<Int64>?, occurring: Set<UInt8>
  ) {
    precondition(stateCells == nil || stateCells?.count == cells.count, "a state for each value")
    precondition(cells.width == CellWidth(holding: bounds ?? 0...0), "cells as narrow as their bounds")
    if case .truth = kind { precondition(cells.width == .one, "truths of a byte") }
    self.kind = kind
    self.cells = cells
    self.stateCells = stateCells
    self.bounds = bounds
    self.occurring = occurring
  }

  public var count: Int { cells.count }

  public func state(_ row: Int) -> State { stateCells.flatMap { State(rawValue: UInt8($0[row])) } ?? .given }
}
