extension String {
  /// Full-width letters, digits, signs and blanks as half-width ones; what takes no room is left out.
  var halfWidth: String {
    if utf8.allSatisfy({ $0 < 0x80 && $0 != 0x09 }) { return self }
    var text = ""
    text.unicodeScalars.reserveCapacity(unicodeScalars.count)
    for scalar in unicodeScalars where !scalar.isWeightless { text.unicodeScalars.append(scalar.halfWidth) }
    return text
  }

  /// For comparing: half width, small letters, no blanks at all.
  var compact: String {
    var text = ""
    for scalar in halfWidth.unicodeScalars where !scalar.isBlank { text.unicodeScalars.append(scalar) }
    return text.lowercased()
  }

  /// Half width, without blanks at both ends.
  var plain: String { halfWidth.withoutOuterBlanks }

  /// Without blanks at both ends.
  var withoutOuterBlanks: String {
    let scalars = unicodeScalars
    guard let first = scalars.first, let last = scalars.last, first.isBlank || last.isBlank else { return self }
    guard let start = scalars.firstIndex(where: { !$0.isBlank }), let end = scalars.lastIndex(where: { !$0.isBlank })
    else { return "" }
    return String(self[start...end])
  }

  /// A text in one line: Chinese text that was broken is joined, other words get a space between them.
  var inOneLine: String {
    guard utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return self }
    let lines = split(whereSeparator: \.isNewline).map { String($0).withoutOuterBlanks }.filter { !$0.isEmpty }
    return lines.dropFirst().reduce(lines.first ?? "") { text, line in
      let joinsWords = text.unicodeScalars.last?.isASCII == true && line.unicodeScalars.first?.isASCII == true
      return text + (joinsWords ? " " : "") + line
    }
  }

  /// A text of a record: blanks, digits, letters and signs in half width, but for those that Chinese texts have of
  /// their own; above all brackets belong to names.
  var tidied: String {
    if hasNothingToTidy { return withoutOuterBlanks }
    var text = ""
    for scalar in unicodeScalars where !scalar.isWeightless {
      text.unicodeScalars.append(scalar.isChineseSign ? scalar : scalar.halfWidth)
    }
    return text.withoutOuterBlanks.inOneLine
  }
}

extension String {
  /// Whether no character is a control or a sign that may be in full width or take no room. Most texts are like that,
  /// and a look at their bytes tells it.
  private var hasNothingToTidy: Bool {
    utf8.allSatisfy { byte in
      switch byte {
      // Where controls, Latin signs, punctuation, ideographic blanks and full-width letters begin.
      case ..<0x20, 0xC2, 0xE2, 0xE3, 0xEF: false
      default: true
      }
    }
  }
}

extension Unicode.Scalar {
  var isBlank: Bool { isASCII ? value == 0x20 || 0x09...0x0D ~= value : properties.isWhitespace }

  /// Zero-width blanks and joiners, marks of byte order and of direction.
  var isWeightless: Bool {
    switch value {
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0xFEFF, 0xAD: true
    default: false
    }
  }

  var halfWidth: Unicode.Scalar {
    switch value {
    case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0) ?? self
    case 0x09, 0x3000, 0xA0, 0x2000...0x200A, 0x202F: " "
    // Minus signs.
    case 0x2212, 0x2010, 0x2011: "-"
    default: self
    }
  }

  /// `！（），：；？`
  var isChineseSign: Bool {
    switch value {
    case 0xFF01, 0xFF08, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F: true
    default: false
    }
  }

  var isDigit: Bool { 0x30...0x39 ~= value }
}

extension StringProtocol {
  /// Whether there is something, and nothing but ASCII digits.
  var isDigits: Bool { !isEmpty && utf8.allSatisfy { 0x30...0x39 ~= $0 } }
}
