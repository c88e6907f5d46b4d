import Diagnostics

/// Makes the value of a cell from its type, its style and the text in the file.
struct CellDecoder {
  enum Kind { case number, sharedString, text, truth, error, day }

  let strings: SharedStrings
  let styles: StyleTable
  let days: SerialDay

  /// - Returns: nil when the text is none that a cell of this kind may have.
  func value(_ text: UnsafeBufferPointer<UInt8>, _ kind: Kind, style: Int?) -> SheetCell.Value? {
    switch kind {
    case .number: number(text.trimmed, styles[style])
    case .sharedString: text.trimmed.wholeNumber.flatMap { strings[$0] }.map(CellDecoder.text)
    case .text: CellDecoder.text(EscapedText.decoded(text))
    case .truth: text.trimmed.truth.map { .truth($0) }
    case .error: .error(EscapedText.decoded(text.trimmed))
    case .day: ISODay.value(text.trimmed) ?? CellDecoder.text(EscapedText.decoded(text))
    }
  }

  /// An empty text looks like an empty cell, so it is one.
  private static func text(_ text: String) -> SheetCell.Value { text.isEmpty ? .empty : .text(text) }

  private func number(_ text: UnsafeBufferPointer<UInt8>, _ format: NumberFormat) -> SheetCell.Value? {
    if text.isEmpty { return .empty }
    guard let shown = DecimalText.shown(text) else { return nil }
    return switch format {
    case .number: .number(SheetNumber(shown))
    case .percent: .number(SheetNumber(shown, .percent))
    case .elapsed: .number(SheetNumber(shown, .elapsed))
    case .date: days.value(shown, isTimeOnly: false) ?? .number(SheetNumber(shown))
    case .timeOfDay: days.value(shown, isTimeOnly: true) ?? .number(SheetNumber(shown))
    }
  }
}
