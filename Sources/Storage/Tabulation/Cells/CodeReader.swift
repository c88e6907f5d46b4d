import Policy
import Spreadsheet

/// Reads unified social credit codes. Blanks, width and case are set right; whether a letter is right the check
/// character says, and a person corrects it.
struct CodeReader {
  /// Letters that codes never have, and what they are taken for.
  private static let confusions: [Character: Character] = ["O": "0", "I": "1", "Z": "2", "S": "5"]
  private static let length = 18

  func read(_ value: SheetCell.Value) -> Reading {
    switch value {
    case .number(let number): number.mayLackDigits ? .refused("tabulation.cell.cut") : .text(number.text)
    case .text(let text): read(text)
    default: .text(SheetCell(value).shownText)
    }
  }

  private func read(_ text: String) -> Reading {
    let code = text.isPlainCode ? text : text.compact.withoutApostrophe.uppercased()
    if UnifiedSocialCreditCode.isValid(code) { return .text(code) }
    if code.isShortenedNumber || CodeReader.wasCut(code) { return .refused("tabulation.cell.cut") }
    let likely = String(code.map { CodeReader.confusions[$0] ?? $0 })
    if likely != code, UnifiedSocialCreditCode.isValid(likely) {
      return .refused("tabulation.code.confusion", ["likely": likely])
    }
    return .text(code)
  }

  /// Eighteen digits, of which a spreadsheet kept fifteen.
  private static func wasCut(_ code: String) -> Bool { code.count == length && code.isDigits && code.hasSuffix("000") }
}

extension String {
  fileprivate var isPlainCode: Bool { utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 } }
}
