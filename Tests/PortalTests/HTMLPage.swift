/// A page taken apart far enough to check its structure: tags balance, ids are unique, inputs have labels.
struct HTMLPage {
  struct Element {
    var name: String
    var attributes: [String: String]
    /// The text inside, tags left out.
    var text = ""
  }

  private(set) var elements: [Element] = []
  private(set) var problems: [String] = []
  private var open: [Int] = []

  private static let void: Set = ["meta", "link", "input", "br", "hr", "img"]

  init(_ html: String) {
    var rest = Self.byScalar(html)[...]
    if rest.hasPrefix("<!doctype html>") { rest = rest.dropFirst(15) } else { problems.append("no doctype") }
    while let start = rest.firstIndex(of: "<") {
      addText(rest[..<start])
      guard let end = rest[start...].firstIndex(of: ">") else {
        problems.append("a tag is not closed: \(rest[start...].prefix(40))")
        return
      }
      tag(rest[rest.index(after: start)..<end])
      rest = rest[rest.index(after: end)...]
    }
    if !open.isEmpty { problems.append("never closed: \(open.map { elements[$0].name })") }
  }

  /// A browser reads scalar by scalar: a quote is a quote, whatever mark stands on it. Here marks are set apart.
  private static func byScalar(_ html: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in html.unicodeScalars {
      if scalar.properties.isGraphemeExtend, scalars.last?.isASCII == true { scalars.append("\u{200B}") }
      scalars.append(scalar)
    }
    return String(scalars)
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  private mutating func addText(_ text: Substring) {
    for position in open { elements[position].text += text }
  }

  private mutating func tag(_ tag: Substring) {
    if tag.hasPrefix("/") {
      let name = String(tag.dropFirst())
      if let last = open.last, elements[last].name == name {
        open.removeLast()
      } else {
        problems.append("</\(name)> closes \(open.last.map { elements[$0].name } ?? "nothing")")
      }
      return
    }
    let name = String(tag.prefix { !$0.isWhitespace && $0 != "/" })
    elements.append(Element(name: name, attributes: attributes(tag.dropFirst(name.count))))
    if !Self.void.contains(name), !tag.hasSuffix("/") { open.append(elements.count - 1) }
  }

  private mutating func attributes(_ text: Substring) -> [String: String] {
    var found: [String: String] = [:]
    var rest = text.drop { $0.isWhitespace }
    while !rest.isEmpty, rest != "/" {
      let name = rest.prefix { $0 != "=" && !$0.isWhitespace }
      guard !name.isEmpty else {
        problems.append("a stray = in <\(text.prefix(60))")
        return found
      }
      rest = rest.dropFirst(name.count)
      var value = ""
      if rest.hasPrefix("=\"") {
        let inside = rest.dropFirst(2)
        guard let end = inside.firstIndex(of: "\"") else {
          problems.append("an attribute is not closed: \(text.prefix(60))")
          return found
        }
        value = String(inside[..<end])
        rest = inside[inside.index(after: end)...]
      }
      if found.updateValue(value, forKey: String(name)) != nil {
        problems.append("\(name) twice in <\(text.prefix(60))")
      }
      rest = rest.drop { $0.isWhitespace }
    }
    return found
  }
}

extension HTMLPage {
  /// What assistive technology needs of every page.
  var accessibilityProblems: [String] {
    var found = problems
    let html = all("html").first
    if html?.attributes["lang"] == nil { found.append("no lang on html") }
    if all("h1").count != 1 { found.append("\(all("h1").count) h1") }
    if all("title").first?.text.isEmpty != false { found.append("no title") }
    if all("main").count != 1 { found.append("no main") }
    let ids = elements.compactMap { $0.attributes["id"] }
    for id in Set(ids) where ids.filter({ $0 == id }).count > 1 { found.append("id \(id) twice") }
    for id in ids where id.contains(where: \.isWhitespace) { found.append("id with a blank: \(id)") }
    found += unlabelled + brokenReferences(Set(ids)) + unsafe + emptyNames + skippedLevels
    return found
  }

  private var unlabelled: [String] {
    let labelled = Set(all("label").filter { !$0.text.isEmpty }.compactMap { $0.attributes["for"] })
    let fields = elements.filter {
      ["input", "select", "textarea"].contains($0.name) && $0.attributes["type"] != "hidden"
    }
    return fields.filter { !labelled.contains($0.attributes["id"] ?? "") }.map { "no label: \($0.attributes)" }
  }

  private func brokenReferences(_ ids: Set<String>) -> [String] {
    elements.flatMap { element in
      ["for", "aria-labelledby", "aria-describedby", "form"].flatMap { name in
        (element.attributes[name] ?? "").split(separator: " ").map(String.init).filter { !ids.contains($0) }
          .map { "\(name)=\($0) leads nowhere" }
      }
    }
  }

  /// Nothing inline, nothing from elsewhere.
  private var unsafe: [String] {
    elements.flatMap { element in
      element.attributes.compactMap { name, value in
        if name.hasPrefix("on") || name == "style" { return "<\(element.name) \(name)>" }
        if ["src", "href", "action", "formaction"].contains(name), value.contains("//") { return "\(name)=\(value)" }
        return nil
      }
    } + all("script").filter { !$0.text.isEmpty }.map { _ in "inline script" }
  }

  private var emptyNames: [String] {
    elements.filter { ["a", "button", "summary", "h1", "h2", "h3", "h4", "th"].contains($0.name) }
      .filter { $0.text.allSatisfy(\.isWhitespace) && $0.attributes["aria-label"] == nil }.map { "empty \($0.name)" }
  }

  private var skippedLevels: [String] {
    let levels = elements.compactMap { $0.name.count == 2 && $0.name.hasPrefix("h") ? Int($0.name.dropFirst()) : nil }
    return zip(levels, levels.dropFirst()).filter { $1 > $0 + 1 }.map { "h\($0) is followed by h\($1)" }
  }
}
