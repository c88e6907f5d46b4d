import Diagnostics
import FEEL
import Policy
import Population

/// Takes the cells of one column, row after row of a chunk.
final class ColumnBuilder {
  private let entry: TableLayout.Entry
  private let arena: Arena
  private var numbers: [Int64] = []
  private var states: [UInt8] = []
  private var scale = 0
  private var isUnsuitable = false
  private var texts = TextNumbers()
  /// What each text comes to: the number of a text, or less than zero for a state.
  private var meanings: [Int32] = []
  private var hasOddTexts = false
  private var last: TextSlice?
  private var lastMeaning: Int32 = 0

  init(_ entry: TableLayout.Entry, arena: Arena) {
    self.entry = entry
    self.arena = arena
  }

  /// - Parameter rows: the most there will be.
  func begin(rows: Int) {
    numbers.removeAll(keepingCapacity: true)
    numbers.reserveCapacity(rows)
    states.removeAll(keepingCapacity: true)
    states.reserveCapacity(rows)
    (scale, isUnsuitable, texts, meanings, hasOddTexts, last) = (0, false, TextNumbers(), [], false, nil)
  }

  /// - Parameter isQuoted: spaces within quotes belong to the text.
  @inline(__always)
  func take(_ text: TextSlice, isQuoted: Bool, _ reader: inout FactReader) throws(Trouble) {
    if text.count == 0 { return append(.unknown) }
    switch entry.form {
    case .number(let power):
      if let (digits, fraction) = PlainCell.decimal(text) {
        append(digits, fraction: fraction, power: power)
      } else {
        try takeOdd(text, isQuoted, &reader)
      }
    case .date:
      if let day = PlainCell.date(text) { append(day) } else { try takeOdd(text, isQuoted, &reader) }
    case .truth: try takeTruth(text, isQuoted, &reader)
    case .text, .reference: try takeText(text, isQuoted, &reader)
    }
  }

  private func append(_ value: Int64) {
    numbers.append(value)
    states.append(Column.State.given.rawValue)
  }

  private func append(_ state: Column.State) {
    numbers.append(0)
    states.append(state.rawValue)
  }

  // MARK: numbers

  private static let powers: [Int64] = (0...18).map { power in (0..<power).reduce(1) { value, _ in value * 10 } }
  /// A finer fraction leaves too little room for what is counted.
  private static let finestScale = 9

  private func append(_ digits: Int64, fraction: Int, power: Int) {
    if digits == 0 { return append(0) }
    let exponent = power - fraction
    guard exponent > 0 else { return append(digits, fraction: -exponent) }
    guard exponent < Self.powers.count else { return appendUnsuitable() }
    let (value, overflow) = digits.multipliedReportingOverflow(by: Self.powers[exponent])
    if overflow { appendUnsuitable() } else { append(value, fraction: 0) }
  }

  private func append(_ digits: Int64, fraction: Int) {
    var digits = digits, fraction = fraction
    while fraction > scale, digits % 10 == 0 { (digits, fraction) = (digits / 10, fraction - 1) }
    if fraction > scale { refine(to: fraction) }
    guard !isUnsuitable, fraction <= scale, scale - fraction < Self.powers.count else { return appendUnsuitable() }
    let (value, overflow) = digits.multipliedReportingOverflow(by: Self.powers[scale - fraction])
    if overflow { appendUnsuitable() } else { append(value) }
  }

  private func appendUnsuitable() {
    isUnsuitable = true
    append(0)
  }

  private func refine(to finer: Int) {
    guard finer <= Self.finestScale else {
      isUnsuitable = true
      return
    }
    let factor = Self.powers[finer - scale]
    scale = finer
    for row in numbers.indices {
      let (value, overflow) = numbers[row].multipliedReportingOverflow(by: factor)
      numbers[row] = value
      if overflow { isUnsuitable = true }
    }
  }

  // MARK: others

  private func takeTruth(_ text: TextSlice, _ isQuoted: Bool, _ reader: inout FactReader) throws(Trouble) {
    if text.isEqual(to: "\u{662F}") || text.isEqual(to: "true") { return append(1) }
    if text.isEqual(to: "\u{5426}") || text.isEqual(to: "false") { return append(0) }
    try takeOdd(text, isQuoted, &reader)
  }

  private func takeText(_ text: TextSlice, _ isQuoted: Bool, _ reader: inout FactReader) throws(Trouble) {
    // What quotes keep would mean another text than the same bytes without them.
    if isQuoted, text.nature == .odd, let whole = String(validating: text.bytes, as: UTF8.self),
      whole.trimmingWhitespace.utf8.count != text.count
    {
      throw Trouble()
    }
    if let last, last.isEqual(to: text) { return append(meaning: lastMeaning) }
    let (number, isNew) = texts.number(of: text)
    if isNew {
      meanings.append(Int32(number))
      let meaning = try meaning(of: text, number, isQuoted, &reader)
      meanings[number] = meaning
    }
    (last, lastMeaning) = (text, meanings[number])
    append(meaning: lastMeaning)
  }

  private func append(meaning: Int32) {
    if meaning >= 0 { append(Int64(meaning)) } else { append(meaning == -1 ? .none : .unknown) }
  }

  /// - Returns: the number of the text that is meant; -1 for a known none, -2 for nothing.
  private func meaning(
    of text: TextSlice, _ number: Int, _ isQuoted: Bool, _ reader: inout FactReader
  ) throws(Trouble) -> Int32 {
    if text.nature == .plain {
      let field = entry.column.field
      let isNone = text.count <= 4 && (text.isEqual(to: "\u{65E0}") || text.count == 4)
      let isSound = field.type.kind != .uscc || PlainCell.isCreditCode(text)
      let isListed =
        field.values.isEmpty || entry.form.isReference || field.values.contains { $0.utf8.elementsEqual(text.bytes) }
      if !isNone && isSound && isListed { return Int32(number) }
    }
    guard let (cell, plain) = try odd(text, isQuoted, &reader) else { return -2 }
    switch cell {
    case .none: return -1
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
  private func odd(
    _ text: TextSlice, _ isQuoted: Bool, _ reader: inout FactReader
  ) throws(Trouble) -> (FactRow.Cell, String)? {
    guard var plain = String(validating: text.bytes, as: UTF8.self) else { throw Trouble() }
    if !isQuoted { plain = plain.trimmingWhitespace }
    if plain.isEmpty { return nil }
    guard let cell = reader.read(RawTable.Cell(plain, at: SourcePlace(file: "")), entry.column) else { throw Trouble() }
    return (cell, plain)
  }

  private func takeOdd(_ text: TextSlice, _ isQuoted: Bool, _ reader: inout FactReader) throws(Trouble) {
    guard let (cell, _) = try odd(text, isQuoted, &reader) else { return append(.unknown) }
    switch cell {
    case .none: append(.none)
    case .value(.number(let number)):
      guard let fraction = number.fractionDigits, fraction <= Self.finestScale,
        let digits = number.scaled(by: fraction).flatMap({ Int64(exactly: $0) })
      else { return appendUnsuitable() }
      append(digits, fraction: fraction)
    case .value(.boolean(let truth)): append(truth ? 1 : 0)
    case .value(.date(let date)): append(Int64(date.dayNumber))
    case .value, .reference, .annual: throw Trouble()
    }
  }

  /// The piece of all rows since the beginning.
  func piece() -> ColumnPiece {
    let given = Column.State.given.rawValue
    var low = Int64.max, high = Int64.min
    var occurring: Set<UInt8> = []
    if states.allSatisfy({ $0 == given }) {
      for value in numbers { (low, high) = (min(low, value), max(high, value)) }
    } else {
      for (value, state) in zip(numbers, states) {
        if state == given { (low, high) = (min(low, value), max(high, value)) } else { occurring.insert(state) }
      }
    }
    let bounds = low <= high ? low...high : nil
    if let bounds, !bounds.contains(0), !occurring.isEmpty {
      for row in states.indices where states[row] != given { numbers[row] = low }
    }
    return ColumnPiece(
      cells: Cells(numbers, width: CellWidth(holding: bounds ?? 0...0)),
      states: occurring.isEmpty ? nil : Cells(bytes: states), bounds: bounds, scale: scale, occurring: occurring,
      isUnsuitable: isUnsuitable, texts: texts, used: meanings.indices.filter { meanings[$0] == Int32($0) },
      hasOddTexts: hasOddTexts)
  }
}

extension TableLayout.Form {
  var isReference: Bool { if case .reference = self { true } else { false } }
}
