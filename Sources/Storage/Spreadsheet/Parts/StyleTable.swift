import Diagnostics

/// What the numbers of cells stand for, by the number of their style.
struct StyleTable {
  private var formats: [NumberFormat] = []

  /// Spreadsheets stop at 65,490.
  fileprivate static let mostStyles = 100_000

  /// Without a part all numbers are numbers.
  init(_ part: ZipPart?) throws(Diagnostic) {
    guard let part else { return }
    let listener = StyleListener(part: part)
    try PartParser(part, for: listener).finish()
    formats = listener.formats
  }

  subscript(style: Int?) -> NumberFormat {
    guard let style, formats.indices.contains(style) else { return .number }
    return formats[style]
  }
}

private final class StyleListener: PartListener {
  private enum Place { case outside, styles, formats, cells }

  var formats: [NumberFormat] = []
  private var custom: [Int: NumberFormat] = [:]
  private var place = Place.outside
  private let source: SourcePlace

  init(part: ZipPart) { source = SourcePlace(file: part.archive.path) }

  func begin(_ element: PartElement) throws(Diagnostic) -> Bool {
    switch place {
    case .outside where element.isNamed("styleSheet"): place = .styles
    case .styles where element.isNamed("numFmts"): place = .formats
    case .styles where element.isNamed("cellXfs"): place = .cells
    case .formats where element.isNamed("numFmt"):
      if let number = element.number("numFmtId"), let code = element.value("formatCode") {
        custom[number] = NumberFormat(code: code)
      }
      return false
    case .cells where element.isNamed("xf"):
      let number = element.number("numFmtId") ?? 0
      formats.append(custom[number] ?? NumberFormat(builtIn: number))
      try checkCount()
      return false
    default: return false
    }
    return true
  }

  func end() { place = place == .styles ? .outside : .styles }

  private func checkCount() throws(Diagnostic) {
    guard max(formats.count, custom.count) <= StyleTable.mostStyles else {
      throw Diagnostic("spreadsheet.styles", at: source, ["limit": String(StyleTable.mostStyles)])
    }
  }
}
