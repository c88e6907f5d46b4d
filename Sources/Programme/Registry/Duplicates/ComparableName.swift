/// A name without what does not tell firms apart: brackets, blanks, full-width signs, capitals, and the words of its legal form.
struct ComparableName {
  /// Letters and digits.
  let scalars: [Unicode.Scalar]

  /// - Parameter name: as it was said; a very long one is cut.
  init(_ name: String) {
    scalars = Self.withoutLegalForm(Self.plain(name.unicodeScalars.prefix(Self.longest)))
  }

  var isEmpty: Bool { scalars.isEmpty }

  /// A hash of all of it, the same on every machine.
  var hash: UInt64 { StableHash.of(scalars) }

  /// A hash of its digits: firms whose names differ by a number are not alike.
  var digitHash: UInt64 { StableHash.of(scalars.filter(\.isDigit)) }

  /// The pairs of signs that stand beside each other, with its beginning and its end, as numbers; in order, each once.
  var pairs: [UInt32] {
    let letters = scalars.filter { !$0.isDigit }.map(\.value)
    guard !letters.isEmpty else { return [] }
    let ends: [UInt32] = [0]
    let signs = ends + letters + ends
    let ordered = zip(signs, signs.dropFirst()).map { StableHash.of($0, $1).folded }.sorted()
    return ordered.indices.filter { $0 == 0 || ordered[$0] != ordered[$0 - 1] }.map { ordered[$0] }
  }

  private static let longest = 128

  private static func plain(_ scalars: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
    scalars.compactMap { scalar in
      let half = (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
      guard half.isLetterOrDigit else { return nil }
      return ("A"..."Z").contains(half) ? Unicode.Scalar(half.value + 0x20) ?? half : half
    }
  }

  private static func withoutLegalForm(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var rest = scalars[...]
    while let last = rest.last,
      let form = legalForms[last]?.first(where: { rest.count > $0.count && rest.suffix($0.count).elementsEqual($0) })
    {
      rest = rest.dropLast(form.count)
    }
    return Array(rest)
  }

  /// By their last sign, longer ones first.
  private static let legalForms: [Unicode.Scalar: [[Unicode.Scalar]]] = {
    let lines = String(decoding: PackageResources.names_txt, as: UTF8.self).split(separator: "\n")
    let words = lines.filter { !$0.hasPrefix("#") && !$0.hasPrefix("[") }
    let forms = words.map { plain($0.unicodeScalars) }.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
    return Dictionary(grouping: forms) { $0[$0.count - 1] }
  }()
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }

  fileprivate var isLetterOrDigit: Bool {
    // Most signs of names are Chinese characters.
    if (0x4E00...0x9FFF).contains(value) { return true }
    return properties.isAlphabetic || properties.numericType != nil
  }
}

/// Hashes that are the same on every machine.
enum StableHash {
  static func of(_ scalars: some Sequence<Unicode.Scalar>) -> UInt64 {
    scalars.reduce(start) { adding($1.value, to: $0) }
  }

  static func of(_ first: UInt32, _ second: UInt32) -> UInt64 { adding(second, to: adding(first, to: start)) }

  private static let start: UInt64 = 0xCBF2_9CE4_8422_2325
  /// Odd, with as many ones as zeros: the golden ratio.
  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func adding(_ value: UInt32, to hash: UInt64) -> UInt64 {
    let mixed = (hash ^ UInt64(value)) &* factor
    return mixed ^ (mixed >> 32)
  }
}

extension UInt64 {
  fileprivate var folded: UInt32 { UInt32(truncatingIfNeeded: self ^ (self >> 32)) }
}
