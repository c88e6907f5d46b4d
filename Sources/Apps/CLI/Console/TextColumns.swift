/// Lines whose cells stand under each other. Chinese characters take two columns of a terminal.
struct TextColumns {
  enum Side { case left, right }

  private let sides: [Side]
  private var rows: [[String]] = []

  init(_ sides: Side...) { self.sides = sides }

  mutating func add(_ cells: String...) { rows.append(cells) }

  /// The lines, without spaces at their ends.
  func lines(indent: Int = 0, gap: Int = 2) -> [String] {
    let widths = sides.indices.map { column in
      rows.map { $0.indices.contains(column) ? $0[column].terminalWidth : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        column < sides.count ? cell.padded(to: widths[column], on: sides[column]) : cell
      }
      var line = String(repeating: " ", count: indent) + cells.joined(separator: String(repeating: " ", count: gap))
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

extension String {
  /// How many columns the text takes in a terminal.
  var terminalWidth: Int { unicodeScalars.reduce(0) { $0 + $1.terminalWidth } }

  fileprivate func padded(to width: Int, on side: TextColumns.Side) -> String {
    let padding = String(repeating: " ", count: max(0, width - terminalWidth))
    return side == .left ? self + padding : padding + self
  }
}

extension Unicode.Scalar {
  /// Wide and full-width characters of East Asia (UAX #11) count two, marks and joiners none.
  fileprivate var terminalWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    if value < 0x1100 { return 1 }
    return Unicode.Scalar.wide.contains { $0.contains(value) } ? 2 : 1
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
    0x20000...0x3FFFD,
  ]
}
