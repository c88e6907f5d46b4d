import Policy
import Spreadsheet

/// Reads numbers: separators, signs of accounting, units and percents in the cell.
struct NumberReader {
  let unit: Unit?

  init(_ unit: Unit?) { self.unit = unit }

  func read(_ value: SheetCell.Value) -> Reading {
    switch value {
    case .number(let number) where number.format == .elapsed: .refused("tabulation.cell.elapsed")
    case .number(let number) where number.mayLackDigits: .refused("tabulation.cell.cut")
    case .text(let text): read(text)
    default: .text(SheetCell(value).shownText)
    }
  }

  private func read(_ text: String) -> Reading {
    if text.isOnlyDigitsAndSeparators {
      return GroupedNumber.plain(text).map { .text($0) } ?? .refused("tabulation.number.separators")
    }
    let plain = withoutCurrency(text.plain.withoutApostrophe)
    guard plain.unicodeScalars.contains(where: \.isDigit) else { return .text(plain) }
    if isAbout(plain.compact) { return .refused("tabulation.number.about") }
    if plain.isShortenedNumber { return .refused("tabulation.cell.shortened") }
    let (sign, body) = signed(plain)
    let digits = body.prefix { "0123456789., ".contains($0) }
    guard let number = GroupedNumber.plain(String(digits)) else { return .refused("tabulation.number.separators") }
    return .text(sign + number + known(String(body.dropFirst(digits.count)).withoutOuterBlanks))
  }

  private func isAbout(_ text: String) -> Bool {
    let words = TableWords.shared
    return words.prefix(of: text, in: .aboutBefore) != nil || words.suffix(of: text, in: .aboutBehind) != nil
  }

  private func withoutCurrency(_ text: String) -> String {
    guard unit?.isMoney == true, let word = TableWords.shared.prefix(of: text.lowercased(), in: .currency) else {
      return text
    }
    return String(text.dropFirst(word.count)).withoutOuterBlanks
  }

  /// `(1,234.00)` is less than nothing.
  private func signed(_ text: String) -> (String, Substring) {
    if text.hasPrefix("("), text.hasSuffix(")"), text.dropFirst().first?.isNumber == true {
      return ("-", text.dropFirst().dropLast())
    }
    if text.hasPrefix("-") || text.hasPrefix("+") {
      return (text.hasPrefix("-") ? "-" : "", text.dropFirst().drop { $0 == " " })
    }
    return ("", text[...])
  }

  /// A unit that leaves its base out, `1.2亿`, gets it back.
  private func known(_ rest: String) -> String {
    guard !rest.isEmpty, Unit.named(rest) == nil, let unit else { return rest }
    let whole = rest + unit.base.symbol
    return Unit.named(whole)?.dimension == unit.dimension ? whole : rest
  }
}

extension String {
  /// Most numbers are `1,234.5` and nothing else.
  fileprivate var isOnlyDigitsAndSeparators: Bool {
    guard let first = utf8.first, 0x30...0x39 ~= first else { return false }
    return utf8.allSatisfy { 0x30...0x39 ~= $0 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }
  }

  /// Without the apostrophe by which a spreadsheet is told to keep a text.
  var withoutApostrophe: String { hasPrefix("'") ? String(dropFirst()) : self }

  /// `1.23E+11`: how a spreadsheet writes a number for which the column was too narrow.
  var isShortenedNumber: Bool {
    guard let first = utf8.first, 0x30...0x39 ~= first || first == UInt8(ascii: "-") else { return false }
    guard let sign = firstIndex(where: { $0 == "E" || $0 == "e" }) else { return false }
    let mantissa = self[..<sign].drop { $0 == "-" }.filter { $0 != "." }
    let exponent = self[index(after: sign)...]
    return mantissa.isDigits && (exponent.first == "+" || exponent.first == "-") && exponent.dropFirst().isDigits
  }
}
