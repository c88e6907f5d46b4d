import Policy
import Spreadsheet

/// Reads the cells of one column as facts are written. What it cannot read it leaves as it is: facts are refused with
/// good words where they are read.
struct CellReader {
  let field: Field
  /// Of the field; of the key of the record where the field leads to one.
  let kind: ValueType.Kind
  /// Whether the cells come from a text file, where a formula is never calculated.
  let isFromText: Bool
  private let choices: [String: String]
  private let days: DayReader

  /// - Parameter day: what a day is that is written as a number.
  init(
    _ field: Field, in dictionary: DataDictionary, isFromText: Bool = false,
    day: @escaping (Int) -> SheetDate? = { SheetDate(serial: $0) }
  ) {
    self.field = field
    self.isFromText = isFromText
    days = DayReader(day: day)
    let target = field.type.record.flatMap { dictionary[$0] }
    kind = target.flatMap { $0.field(named: $0.key)?.type.kind } ?? field.type.kind
    choices = Dictionary(field.values.map { ($0.compact, $0) }) { first, _ in first }
  }

  func read(_ cell: SheetCell) -> Reading {
    switch cell.value {
    case .empty: cell.isCalculated ? .refused("tabulation.cell.uncalculated") : .text("")
    case .error: .refused("tabulation.cell.error")
    case .text(let text): read(text)
    default: typed(cell.value)
    }
  }

  private func read(_ text: String) -> Reading {
    guard let text = withoutFormula(text) else { return .refused("tabulation.cell.formula") }
    if let known = word(text) { return known }
    return typed(.text(text))
  }

  private func typed(_ value: SheetCell.Value) -> Reading {
    switch kind {
    case .number: NumberReader(field.type.unit).read(value)
    case .date: days.read(value)
    case .boolean: TruthReader().read(value)
    case .uscc: CodeReader().read(value)
    default: TextReader(choices: choices).read(value)
    }
  }

  /// `="0012"` is how some programs keep a spreadsheet from changing a text; other formulas have no value.
  private func withoutFormula(_ text: String) -> String? {
    guard isFromText, text.utf8.first == UInt8(ascii: "=") else { return withoutSpreadsheetGuard(text) }
    guard text.hasPrefix("=\""), text.hasSuffix("\""), text.utf8.count > 2 else { return nil }
    return String(text.dropFirst(2).dropLast())
  }

  private static let longestWord = 24
  /// What such words begin with, so that most cells are not looked at twice.
  private static let beginnings: Set<Unicode.Scalar> = {
    let words = [TableWords.Group.unknown, .error].flatMap { TableWords.shared[$0] }
    return Set(words.flatMap { [$0, $0.uppercased()] }.compactMap(\.unicodeScalars.first))
  }()

  /// Words for what is unknown, and errors that a spreadsheet left in a text.
  private func word(_ text: String) -> Reading? {
    guard text.utf8.count <= CellReader.longestWord, let first = text.unicodeScalars.first,
      CellReader.beginnings.contains(first.halfWidth) || first.isBlank || first.isWeightless
    else { return nil }
    let word = text.compact
    if word.isEmpty || TableWords.shared.has(word, in: .unknown) { return .text("") }
    return TableWords.shared.has(word, in: .error) ? .refused("tabulation.cell.error") : nil
  }
}
