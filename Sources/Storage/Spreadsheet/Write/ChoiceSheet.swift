import CXLSXWriter
import Diagnostics

/// The lists that cells are chosen from. Short ones stand in the sheet itself; the others, which spreadsheets refuse
/// there, in columns of a hidden sheet.
struct ChoiceSheet {
  let name: String
  private let language: Language
  private var lists: [[String]] = []

  /// Bytes of a list with its commas. Spreadsheets count characters, but the library that writes them has room for so
  /// many bytes, and would write beyond it.
  private static let longest = 255

  init(name: String, language: Language) {
    self.name = name
    self.language = language
  }

  /// Lets the cells of a column, below its heading, be chosen from `choices`.
  mutating func attach(_ choices: [String], to column: Int, of sheet: UnsafeMutablePointer<lxw_worksheet>) {
    var rule = lxw_data_validation()
    if ChoiceSheet.fitsInSheet(choices) {
      rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
      ChoiceSheet.withCStrings(choices) { list in
        rule.value_list = list
        add(rule, to: column, of: sheet)
      }
    } else {
      lists.append(choices)
      rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      ChoiceSheet.withCStrings([range]) { formula in
        rule.value_formula = formula[0]
        add(rule, to: column, of: sheet)
      }
    }
  }

  private func add(_ rule: lxw_data_validation, to column: Int, of sheet: UnsafeMutablePointer<lxw_worksheet>) {
    var rule = rule
    let catalogue = Catalogue.shared
    let words = ["spreadsheet.word.choice.title", "spreadsheet.word.choice"].map { catalogue.text($0, in: language) }
    ChoiceSheet.withCStrings(words) { words in
      rule.error_title = words[0]
      rule.error_message = words[1]
      let last = UInt32(CellReference.lastRow - 1)
      worksheet_data_validation_range(sheet, 1, UInt16(column), last, UInt16(column), &rule)
    }
  }

  /// Of the list added last.
  private var range: String {
    let column = CellReference.letters(ofColumn: lists.count)
    let quoted = name.replacing("'", with: "''")
    return "='\(quoted)'!$\(column)$1:$\(column)$\(lists[lists.count - 1].count)"
  }

  private static func fitsInSheet(_ choices: [String]) -> Bool {
    let length = choices.reduce(-1) { $0 + 1 + $1.utf8.count }
    return length <= longest
      && choices.allSatisfy { choice in
        !choice.isEmpty && !choice.contains { $0 == "," || $0 == "\"" || $0.isNewline }
          && choice.first?.isWhitespace == false && choice.last?.isWhitespace == false
          && EscapedText.encoded(choice) == choice
      }
  }

  /// The rows of the hidden sheet; empty when it is not needed.
  var rows: [[SheetCell.Value]] {
    let height = lists.map(\.count).max() ?? 0
    return (0..<height).map { row in lists.map { $0.indices.contains(row) ? .text($0[row]) : .empty } }
  }

  private static func withCStrings(
    _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Void
  ) {
    var copies = texts.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    copies.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress { body(start) }
    }
  }
}
