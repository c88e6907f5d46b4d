/// Which fields each declaration takes, and of what kind. One table: Resources/declarations.txt.
struct DeclarationKinds: Sendable {
  enum FieldKind: String {
    case refs, text, bodies, record, expression, interval, quantity, names, date, natures, pointing, attributes
  }

  static let shared = DeclarationKinds(PackageResources.declarations_txt)

  private var kinds: [String: [(id: String, kind: FieldKind)]] = [:]

  /// For each field that names other constructs, the kinds they may be of.
  private(set) var naming: [String: [String]] = [:]

  private init(_ resource: [UInt8]) {
    for line in String(decoding: resource, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      guard let kind = words.first else { continue }
      if kind == "names", words.count > 2 {
        naming[words[1]] = Array(words[2...])
        continue
      }
      kinds[kind] = words.dropFirst().compactMap { word in
        let parts = word.split(separator: ":").map(String.init)
        guard parts.count == 2, let kind = FieldKind(rawValue: parts[1]) else { return nil }
        if kind == .attributes { attributes.insert(parts[0]) }
        return (parts[0], kind)
      }
    }
  }

  /// The fields that name what a record has.
  private(set) var attributes: Set<String> = []

  /// Common fields first, then the kind's own.
  func fields(of kind: String) -> [(id: String, kind: FieldKind)] { (kinds["common"] ?? []) + (kinds[kind] ?? []) }
}
