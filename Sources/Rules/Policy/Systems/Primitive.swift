/// The seven primitives that carry every system a document names (DESIGN §3).
public enum Primitive: String, Sendable, CaseIterable {
  case facts, decision, set, match, `case`, ledger, measure
}

/// Resources/primitives.txt, read once.
struct PrimitiveTable: Sendable {
  static let shared = PrimitiveTable(PackageResources.primitives_txt)

  private(set) var rows: [String: (primitive: Primitive, decides: Bool)] = [:]

  private init(_ resource: [UInt8]) {
    for line in String(decoding: resource, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 3, let primitive = Primitive(rawValue: words[1]) else { continue }
      rows[words[0]] = (primitive, words[2] == "decides")
    }
  }
}
