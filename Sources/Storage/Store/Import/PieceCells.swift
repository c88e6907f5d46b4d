import FEEL
import Population
import SQL

/// The cells of a column for the rows of a chunk, on their way into the column of a table.
///
/// A class with plain pointers, since it is asked for every cell: nothing is counted or copied.
final class PieceCells {
  private let piece: ColumnPiece
  private let states: UnsafePointer<UInt8>?
  private let texts: [TextSlice]
  private let form: Form
  private let scale: Int
  private let power: Int64
  /// Texts of days that came before.
  private var days: [Int64: [UInt8]] = [:]

  private enum Form { case text, truth, date, whole(factor: Int64), decimal }

  init(_ piece: ColumnPiece, for column: RecordTable.Column?) {
    self.piece = piece
    states = piece.states?.pointer(UInt8.self)
    texts = piece.texts.texts
    scale = piece.scale
    power = Self.power(piece.scale)
    form =
      switch column?.type {
      case .truth: .truth
      case .date: .date
      case .integer: .whole(factor: Self.power((column?.scale ?? 0) - piece.scale))
      case .decimal: .decimal
      case .text, .bytes, nil: .text
      }
  }

  private static func power(_ exponent: Int) -> Int64 { (0..<max(exponent, 0)).reduce(1) { value, _ in value * 10 } }

  func isNone(_ row: Int) -> Bool { states.map { $0[row] == Column.State.none.rawValue } ?? false }
  func isUnknown(_ row: Int) -> Bool { states.map { $0[row] == Column.State.unknown.rawValue } ?? false }

  /// Whether a row may be known to be none.
  var mayBeNone: Bool { piece.occurring.contains(Column.State.none.rawValue) }

  func text(_ row: Int) -> UnsafeRawBufferPointer { texts[Int(piece.cells[row])].bytes }

  func add(_ row: Int, to rows: any SQLInsertion) throws {
    if let states, states[row] != Column.State.given.rawValue { return try rows.addNull() }
    let value = piece.cells[row]
    switch form {
    case .text: try rows.add(utf8: texts[Int(value)].bytes)
    case .truth: try rows.add(value)
    case .date: try addDay(value, to: rows)
    case .whole(let factor):
      let (product, overflow) = value.multipliedReportingOverflow(by: factor)
      if overflow { throw SQLError(.constraint, "\(value)") }
      try rows.add(product)
    case .decimal:
      if scale == 0 { return try rows.add(value) }
      if value % power == 0 { return try rows.add(value / power) }
      try rows.add(Decimal128(Int128(value), exponent: -scale)?.description)
    }
  }

  private func addDay(_ day: Int64, to rows: any SQLInsertion) throws {
    let text = days[day] ?? Array((CalendarDate(dayNumber: Int(day))?.description ?? "").utf8)
    days[day] = text
    try text.withUnsafeBytes { try rows.add(utf8: $0) }
  }
}
