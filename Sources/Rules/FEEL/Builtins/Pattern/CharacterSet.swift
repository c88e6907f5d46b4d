/// The characters that one step of a pattern accepts.
struct CharacterSet: Sendable {
  private var ranges: [ClosedRange<Unicode.Scalar>] = []
  private var tests: [Test] = []
  private var subtracted: [CharacterSet] = []
  var isNegated = false

  private struct Test: Sendable {
    let isNegated: Bool
    let accepts: @Sendable (Unicode.Scalar) -> Bool
  }

  init() {}

  init(_ scalar: Unicode.Scalar) { ranges = [scalar...scalar] }

  static let everything = CharacterSet(isNegated: false) { _ in true }
  static let exceptNewlines = CharacterSet(isNegated: false) { $0 != "\n" && $0 != "\r" }

  private init(isNegated: Bool, _ accepts: @escaping @Sendable (Unicode.Scalar) -> Bool) {
    tests = [Test(isNegated: isNegated, accepts: accepts)]
  }

  mutating func insert(_ range: ClosedRange<Unicode.Scalar>) { ranges.append(range) }

  /// Adds the members of an escape such as `\d`.
  mutating func insert(_ other: CharacterSet) {
    ranges += other.ranges
    tests += other.tests
  }

  mutating func subtract(_ other: CharacterSet) { subtracted.append(other) }

  /// The only member, if the set was made of one character.
  var single: Unicode.Scalar? {
    guard ranges.count == 1, tests.isEmpty, subtracted.isEmpty, !isNegated, let range = ranges.first,
      range.lowerBound == range.upperBound
    else { return nil }
    return range.lowerBound
  }

  /// - Parameter ignoringCase: a letter is then a member when one of its case variants is in a range; properties such
  ///   as `\p{Lu}` still look at the letter itself.
  func contains(_ scalar: Unicode.Scalar, ignoringCase: Bool) -> Bool {
    var isMember = ranges.contains { $0.contains(scalar) }
    if !isMember && ignoringCase {
      isMember = scalar.caseVariants.contains { variant in ranges.contains { $0.contains(variant) } }
    }
    isMember = isMember || tests.contains { $0.accepts(scalar) != $0.isNegated }
    return isMember != isNegated && !subtracted.contains { $0.contains(scalar, ignoringCase: ignoringCase) }
  }
}

extension Unicode.Scalar {
  /// The scalar and those that differ from it only in case.
  var caseVariants: [Unicode.Scalar] {
    let mapped = [properties.lowercaseMapping, properties.uppercaseMapping, properties.titlecaseMapping]
    var variants = [self] + mapped.compactMap(\.onlyScalar)
    if let lower = properties.lowercaseMapping.onlyScalar {
      if let upper = lower.properties.uppercaseMapping.onlyScalar { variants.append(upper) }
      variants += Unicode.Scalar.loneVariants[lower] ?? []
    }
    return variants
  }

  /// Capitals whose small letter is the same as that of another capital: Kelvin, Ångström, Ohm and the like.
  private static let loneVariants: [Unicode.Scalar: [Unicode.Scalar]] = [
    "k": ["\u{212A}"], "\u{E5}": ["\u{212B}"], "\u{3C9}": ["\u{2126}"], "\u{3B8}": ["\u{3F4}"],
    "\u{DF}": ["\u{1E9E}"],
  ]

  func equalsIgnoringCase(_ other: Unicode.Scalar) -> Bool {
    self == other || properties.lowercaseMapping == other.properties.lowercaseMapping
      || properties.uppercaseMapping == other.properties.uppercaseMapping
  }
}

extension String {
  fileprivate var onlyScalar: Unicode.Scalar? {
    unicodeScalars.count == 1 ? unicodeScalars.first : nil
  }
}

// MARK: - Escapes for classes of characters

extension CharacterSet {
  /// `\s`, `\d`, `\w`, `\i`, `\c` and their capitals; nil for another letter.
  init?(classEscape letter: Unicode.Scalar) {
    switch letter {
    case "s", "S": self.init(isNegated: letter == "S") { [" ", "\t", "\n", "\r"].contains($0) }
    case "d", "D": self.init(isNegated: letter == "D") { $0.properties.generalCategory == .decimalNumber }
    case "w", "W": self.init(isNegated: letter == "W") { !$0.properties.generalCategory.code.isSeparating }
    case "i", "I": self.init(isNegated: letter == "I") { $0.beginsXMLName }
    case "c", "C": self.init(isNegated: letter == "C") { $0.continuesXMLName }
    default: return nil
    }
  }

  /// A general category (`Lu`, `L`) or a block (`IsBasicLatin`) of Unicode; nil for another name.
  init?(property name: String, isNegated: Bool) {
    if name.hasPrefix("Is") {
      guard let block = UnicodeBlocks.named[String(name.dropFirst(2))] else { return nil }
      self.init(isNegated: isNegated) { block.contains($0.value) }
    } else if Unicode.GeneralCategory.codes.contains(name) {
      self.init(isNegated: isNegated) { $0.properties.generalCategory.code == name }
    } else if Unicode.GeneralCategory.codes.contains(where: { $0.prefix(1) == name }) {
      self.init(isNegated: isNegated) { $0.properties.generalCategory.code.prefix(1) == name }
    } else {
      return nil
    }
  }
}

extension String {
  /// Punctuation, separators and the rest: what `\w` leaves out.
  fileprivate var isSeparating: Bool { hasPrefix("P") || hasPrefix("Z") || hasPrefix("C") }
}

extension Unicode.Scalar {
  fileprivate var beginsXMLName: Bool { properties.isAlphabetic || self == "_" || self == ":" }

  fileprivate var continuesXMLName: Bool {
    let code = properties.generalCategory.code
    return beginsXMLName || self == "-" || self == "." || self == "\u{B7}" || code == "Nd" || code.hasPrefix("M")
  }
}

extension Unicode.GeneralCategory {
  /// The categories that patterns may name (surrogates cannot occur).
  static let codes: Set<String> = [
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Zs",
    "Zl", "Zp", "Sm", "Sc", "Sk", "So", "Cc", "Cf", "Co", "Cn",
  ]

  /// The two letters of the Unicode standard.
  var code: String {
    switch self {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: "Cn"
    @unknown default: "Cn"
    }
  }
}
