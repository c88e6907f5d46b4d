import Diagnostics
import FEEL
import Policy
import Population

/// A cell of a block that only the whole folder's `FactReader` understands, or refuses.
struct CellTrouble: Error { var row: Int }

/// Takes the cells of one column, block after block of a chunk.
struct ColumnBuilder {
  private let entry: TableLayout.Entry
  private let isKey: Bool
  private let arena: Arena
  private let rows = ColumnRows()
  private var count = 0
  private var scale = 0
  private var isUnsuitable = false
  private var texts = TextNumbers()
  /// What each text comes to: the number of a text, or less than zero for a state.
  private var meanings: [Int32] = []
  private var hasOddTexts = false

  init(_ entry: TableLayout.Entry, isKey: Bool, arena: Arena) {
    self.entry = entry
    self.isKey = isKey
    self.arena = arena
  }

  mutating func take(_ cells: CellColumn, _ reader: inout FactReader) throws(CellTrouble) {
    rows.reserve(count + cells.count)
    switch entry.form {
    case .number(let power): try takeNumbers(cells, power, &reader)
    case .date: try takeDates(cells, &reader)
    case .truth: try takeTruths(cells, &reader)
    case .text, .reference: try takeTexts(cells, &reader)
    }
    count += cells.count
  }

  // MARK: numbers

  private mutating func takeNumbers(
    _ cells: CellColumn, _ power: Int, _ reader: inout FactReader
  ) throws(CellTrouble) {
    let values = rows.values + count, states = rows.states + count
    for row in 0..<cells.count {
      let text = cells.text(row)
      if let (digits, fraction) = PlainCell.decimal(text) {
        states[row] = Column.State.given.rawValue
        if fraction &- power == scale {
          values[row] = digits
        } else {
          values[row] = value(digits, fraction: fraction, power: power, before: count + row)
        }
      } else {
        (values[row], states[row]) = try odd(cells, row, &reader)
      }
    }
  }

  private static let powers: [Int64] = (0...18).map { power in (0..<power).reduce(1) { value, _ in value * 10 } }
  /// A finer fraction leaves too little room for what is counted.
  private static let finestScale = 9

  private mutating func value(_ digits: Int64, fraction: Int, power: Int, before row: Int) -> Int64 {
    if digits == 0 { return 0 }
    let exponent = power - fraction
    guard exponent > 0 else { return value(digits, fraction: -exponent, before: row) }
    guard exponent < Self.powers.count else { return unsuitable() }
    let (value, overflow) = digits.multipliedReportingOverflow(by: Self.powers[exponent])
    return overflow ? unsuitable() : self.value(value, fraction: 0, before: row)
  }

  private mutating func value(_ digits: Int64, fraction: Int, before row: Int) -> Int64 {
    var digits = digits, fraction = fraction
    while fraction > scale, digits % 10 == 0 { (digits, fraction) = (digits / 10, fraction - 1) }
    if fraction > scale { refine(to: fraction, before: row) }
    guard !isUnsuitable, fraction <= scale, scale - fraction < Self.powers.count else { return unsuitable() }
    let (value, overflow) = digits.multipliedReportingOverflow(by: Self.powers[scale - fraction])
    return overflow ? unsuitable() : value
  }

  private mutating func unsuitable() -> Int64 {
    isUnsuitable = true
    return 0
  }

  private mutating func refine(to finer: Int, before row: Int) {
    guard finer <= Self.finestScale else {
      isUnsuitable = true
      return
    }
    let factor = Self.powers[finer - scale]
    scale = finer
    for row in 0..<row {
      let (value, overflow) = rows.values[row].multipliedReportingOverflow(by: factor)
      rows.values[row] = value
      if overflow { isUnsuitable = true }
    }
  }

  // MARK: dates and truths

  private mutating func takeDates(_ cells: CellColumn, _ reader: inout FactReader) throws(CellTrouble) {
    let values = rows.values + count, states = rows.states + count
    for row in 0..<cells.count {
      let text = cells.text(row)
      if let day = PlainCell.date(text) {
        (values[row], states[row]) = (day, Column.State.given.rawValue)
      } else {
        (values[row], states[row]) = try odd(cells, row, &reader)
      }
    }
  }

  private mutating func takeTruths(_ cells: CellColumn, _ reader: inout FactReader) throws(CellTrouble) {
    let values = rows.values + count, states = rows.states + count
    for row in 0..<cells.count {
      let text = cells.text(row)
      if let truth = PlainCell.truth(text) {
        (values[row], states[row]) = (truth ? 1 : 0, Column.State.given.rawValue)
      } else {
        (values[row], states[row]) = try odd(cells, row, &reader)
      }
    }
  }

  // MARK: texts

  private mutating func takeTexts(_ cells: CellColumn, _ reader: inout FactReader) throws(CellTrouble) {
    let values = rows.values + count, states = rows.states + count
    // Equal to none.
    var last = TextSlice(base: cells.text(0).base, count: -1)
    var meaning = Self.unknown
    for row in 0..<cells.count {
      let text = cells.text(row), isQuoted = cells.isQuoted(row)
      if isQuoted || !text.isEqual(to: last) {
        meaning = try self.meaning(of: text, cells, row, &reader)
        last = isQuoted ? TextSlice(base: text.base, count: -1) : text
      }
      values[row] = Int64(max(meaning, 0))
      states[row] = meaning >= 0 ? 0 : UInt8(truncatingIfNeeded: -meaning)
    }
  }

  /// Meanings below zero are states.
  private static let unknown = -Int32(Column.State.unknown.rawValue)
  private static let none = -Int32(Column.State.none.rawValue)

  private mutating func meaning(
    of text: TextSlice, _ cells: CellColumn, _ row: Int, _ reader: inout FactReader
  ) throws(CellTrouble) -> Int32 {
    if text.count == 0 {
      if isKey { throw CellTrouble(row: row) }
      return Self.unknown
    }
    let text = cells.isQuoted(row) ? try unquoted(text, cells, row) : text
    let (number, isNew) = texts.number(of: text)
    if isNew {
      meanings.append(Int32(number))
      let meaning = try newMeaning(of: text, number, cells, row, &reader)
      meanings[number] = meaning
    }
    return meanings[number]
  }

  /// - Throws: when the text would mean another than the same bytes without the quotes.
  private func unquoted(_ text: TextSlice, _ cells: CellColumn, _ row: Int) throws(CellTrouble) -> TextSlice {
    let text = cells.isDoubled(row) ? arena.copy(text.withoutDoubledQuotes) : text
    if text.nature == .odd, let whole = String(validating: text.bytes, as: UTF8.self),
      whole.trimmingWhitespace.utf8.count != text.count
    {
      throw CellTrouble(row: row)
    }
    return text
  }

  private mutating func newMeaning(
    of text: TextSlice, _ number: Int, _ cells: CellColumn, _ row: Int, _ reader: inout FactReader
  ) throws(CellTrouble) -> Int32 {
    if text.nature == .plain {
      if PlainCell.isNone(text) { return Self.none }
      // Of four letters there is an English word for it.
      if text.count != 4, entry.isSound(text) { return Int32(number) }
    }
    guard let (cell, plain) = try read(text, cells.isQuoted(row), row, &reader) else { return Self.unknown }
    switch cell {
    case .none: return Self.none
    case .value, .reference, .annual:
      if text.nature == .odd { hasOddTexts = true }
      if plain.utf8.elementsEqual(text.bytes) { return Int32(number) }
      let other = texts.number(of: arena.copy(Array(plain.utf8)))
      if other.isNew { meanings.append(Int32(other.number)) }
      return Int32(other.number)
    }
  }

  // MARK: what is not plain

  /// - Returns: nil for a cell that is empty but for spaces.
  /// - Throws: when the cell is refused.
  private func read(
    _ text: TextSlice, _ isQuoted: Bool, _ row: Int, _ reader: inout FactReader
  ) throws(CellTrouble) -> (FactRow.Cell, String)? {
    guard var plain = String(validating: text.bytes, as: UTF8.self) else { throw CellTrouble(row: row) }
    if !isQuoted { plain = plain.trimmingWhitespace }
    if plain.isEmpty { return nil }
    guard let cell = reader.read(RawTable.Cell(plain, at: SourcePlace(file: "")), entry.column) else {
      throw CellTrouble(row: row)
    }
    return (cell, plain)
  }

  /// Nothing, none, or a number, date or truth by `FactReader`.
  private mutating func odd(
    _ cells: CellColumn, _ row: Int, _ reader: inout FactReader
  ) throws(CellTrouble) -> (Int64, UInt8) {
    var text = cells.text(row)
    if text.count == 0 { return (0, Column.State.unknown.rawValue) }
    if PlainCell.isNone(text) { return (0, Column.State.none.rawValue) }
    if cells.isDoubled(row) { text = arena.copy(text.withoutDoubledQuotes) }
    guard let (cell, _) = try read(text, cells.isQuoted(row), row, &reader) else {
      return (0, Column.State.unknown.rawValue)
    }
    switch cell {
    case .none: return (0, Column.State.none.rawValue)
    case .value(.number(let number)):
      guard let fraction = number.fractionDigits, fraction <= Self.finestScale,
        let digits = number.scaled(by: fraction).flatMap({ Int64(exactly: $0) })
      else { return (unsuitable(), Column.State.given.rawValue) }
      return (value(digits, fraction: fraction, before: count + row), Column.State.given.rawValue)
    case .value(.boolean(let truth)): return (truth ? 1 : 0, Column.State.given.rawValue)
    case .value(.date(let date)): return (Int64(date.dayNumber), Column.State.given.rawValue)
    case .value, .reference, .annual: throw CellTrouble(row: row)
    }
  }

  // MARK: the piece

  /// The piece of all rows since the beginning.
  func piece() -> ColumnPiece {
    let occurring = rows.occurring(count), bounds = rows.bounds(count, areAllGiven: occurring.isEmpty)
    if let bounds, !bounds.contains(0), !occurring.isEmpty { rows.fill(count, with: bounds.lowerBound) }
    let values = UnsafeBufferPointer(start: rows.values, count: count)
    let states = UnsafeBufferPointer(start: rows.states, count: count)
    let width = CellWidth(holding: bounds ?? 0...0)
    return ColumnPiece(
      cells: Cells(width: width, count: count) { Cells.write(values, to: $0, width: width) },
      states: occurring.isEmpty ? nil : Cells(bytes: states), bounds: bounds, scale: scale, occurring: occurring,
      isUnsuitable: isUnsuitable, texts: texts, used: meanings.indices.filter { meanings[$0] == Int32($0) },
      hasOddTexts: hasOddTexts)
  }
}

/// What the rows of a column come to, in memory that grows.
private final class ColumnRows {
  private(set) var values = UnsafeMutablePointer<Int64>.allocate(capacity: 0)
  private(set) var states = UnsafeMutablePointer<UInt8>.allocate(capacity: 0)
  private var capacity = 0

  /// Memory for that many rows; what the rows before have come to stays.
  func reserve(_ count: Int) {
    guard count > capacity else { return }
    let larger = max(count, capacity * 2)
    let values = UnsafeMutablePointer<Int64>.allocate(capacity: larger)
    let states = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    values.moveInitialize(from: self.values, count: capacity)
    states.moveInitialize(from: self.states, count: capacity)
    self.values.deallocate()
    self.states.deallocate()
    (self.values, self.states, capacity) = (values, states, larger)
  }

  deinit {
    values.deallocate()
    states.deallocate()
  }

  /// The states other than given.
  func occurring(_ count: Int) -> Set<UInt8> {
    var seen: UInt8 = 0
    for row in 0..<count { seen |= 1 << (states[row] & 7) }
    return Set((1...3).filter { seen & 1 << $0 != 0 })
  }

  /// Of what is given; nil when nothing is.
  func bounds(_ count: Int, areAllGiven: Bool) -> ClosedRange<Int64>? {
    var low = Int64.max, high = Int64.min
    if areAllGiven {
      for row in 0..<count { (low, high) = (min(low, values[row]), max(high, values[row])) }
    } else {
      for row in 0..<count {
        let isGiven = states[row] == Column.State.given.rawValue
        (low, high) = (min(low, isGiven ? values[row] : low), max(high, isGiven ? values[row] : high))
      }
    }
    return low <= high ? low...high : nil
  }

  /// Gives the rows a value of which nothing else is known.
  func fill(_ count: Int, with value: Int64) {
    for row in 0..<count { values[row] = states[row] == Column.State.given.rawValue ? values[row] : value }
  }
}

extension TableLayout.Entry {
  /// Whether the field takes a plain text as it is.
  fileprivate func isSound(_ text: TextSlice) -> Bool {
    if form.isReference { return true }
    if isCreditCode && !PlainCell.isCreditCode(text) { return false }
    return values.isEmpty || values.contains { $0.utf8.elementsEqual(text.bytes) }
  }
}

extension TableLayout.Form {
  var isReference: Bool { if case .reference = self { true } else { false } }
}
