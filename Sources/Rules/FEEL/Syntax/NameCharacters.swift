/// The character classes of the FEEL grammar (DMN 1.5 §10.3.1.2, rules 25 to 30, 36 and 61 to 62).
///
/// The ranges are the standard's own. They take in all Chinese characters, and with them most full-width marks
/// (`，` `（` `）` `、` `。` `《` `》` `＝` `＞`): in FEEL these are letters of a name, never operators.
extension Unicode.Scalar {
  var isFEELSpace: Bool {
    switch value {
    case 0x20, 0x09...0x0D, 0x85, 0xA0, 0x1680, 0x180E, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF:
      true
    default: false
    }
  }

  var isVerticalSpace: Bool { (0x0A...0x0D).contains(value) }

  var isDigit: Bool { (0x30...0x39).contains(value) }

  var isNameStart: Bool {
    switch value {
    case 0x61...0x7A, 0x41...0x5A, 0x5F, 0x3F: true
    case 0...0xBF: false
    case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F,
      0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
      !isFEELSpace
    default: false
    }
  }

  var isNamePart: Bool {
    switch value {
    case 0xB7, 0x300...0x36F, 0x203F...0x2040: true
    default: isDigit || isNameStart
    }
  }
}

/// Full-width marks that an author may have meant as an operator, with the mark FEEL knows.
enum FullWidthMarks {
  static let halfWidth: [Unicode.Scalar: String] = [
    "\u{FF0C}": ",", "\u{3001}": ",", "\u{FF08}": "(", "\u{FF09}": ")", "\u{FF1D}": "=",
    "\u{FF1E}": ">", "\u{FF1C}": "<", "\u{2265}": ">=", "\u{2264}": "<=", "\u{2260}": "!=",
    "\u{FF0B}": "+", "\u{FF0D}": "-", "\u{FF0A}": "*", "\u{FF0F}": "/", "\u{00D7}": "*",
    "\u{00F7}": "/", "\u{FF1A}": ":", "\u{FF1B}": ",", "\u{3002}": ".", "\u{FF0E}": ".",
    "\u{FF3B}": "[", "\u{FF3D}": "]", "\u{3010}": "[", "\u{3011}": "]", "\u{FF5B}": "{",
    "\u{FF5D}": "}", "\u{201C}": "\"", "\u{201D}": "\"", "\u{201E}": "\"", "\u{FF02}": "\"",
    "\u{300C}": "\"", "\u{300D}": "\"", "\u{2018}": "\"", "\u{FF07}": "'", "\u{FF01}": "!",
    "\u{FF5E}": "..", "\u{2014}": "-", "\u{2013}": "-", "\u{2212}": "-",
  ]

  /// The first such mark in `text`, with its half-width form.
  static func first(in text: String) -> (mark: String, halfWidth: String)? {
    for scalar in text.unicodeScalars {
      if let half = halfWidth[scalar] { return (String(Character(scalar)), half) }
    }
    return nil
  }
}
