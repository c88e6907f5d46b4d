/// Ids for XML, where an id is a name without colons and occurs once: those of the model where they can stand, others
/// made from them.
struct XMLNames {
  private var taken: Set<String> = []
  private var elements: [String: String] = [:]

  init(_ model: DecisionModel) {
    for element in model.elements where elements[element.id] == nil {
      elements[element.id] = unique(element.id)
    }
  }

  /// The id in XML of an element of the model.
  func id(of element: String) -> String { elements[element] ?? element.xmlName }

  /// A new id made from `text`.
  mutating func unique(_ text: String) -> String {
    let name = text.xmlName
    guard !taken.insert(name).inserted else { return name }
    var number = 2
    while !taken.insert("\(name)_\(number)").inserted { number += 1 }
    return "\(name)_\(number)"
  }
}

extension String {
  /// As an `NCName`: letters, digits, `.`, `-` and `_`, beginning with a letter or `_`; other characters become `_`.
  fileprivate var xmlName: String {
    var result = ""
    for scalar in unicodeScalars {
      let isLetter = scalar == "_" || scalar.isXMLLetter
      let isPart = isLetter || scalar == "-" || scalar == "." || ("0"..."9").contains(scalar)
      if result.isEmpty, !isLetter { result = "_" }
      if isPart { result.unicodeScalars.append(scalar) } else if result != "_" { result += "_" }
    }
    return result.isEmpty ? "_" : result
  }
}

extension Unicode.Scalar {
  /// What may begin a name in XML 1.0.
  fileprivate var isXMLLetter: Bool {
    switch value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF,
      0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
      0x10000...0xEFFFF:
      true
    default: false
    }
  }
}
