import Mustache

/// What a template sees: names with values. Values that are nil are not there.
///
/// Templates say `{{.name}}` inside a section, so that a name missing there is not looked up further out.
struct View: MustacheParent, ExpressibleByDictionaryLiteral {
  private var entries: [String: Any] = [:]

  init(dictionaryLiteral elements: (String, Any?)...) {
    for (name, value) in elements { self[name] = value }
  }

  subscript(name: String) -> Any? {
    get { entries[name] }
    set {
      if let text = newValue as? String {
        entries[name] = text.withMarkupApart
      } else {
        entries[name] = newValue
      }
    }
  }

  func child(named name: String) -> Any? { entries[name] }

  /// The entries of both; `other` wins.
  func merging(_ other: View) -> View {
    var merged = self
    merged.entries.merge(other.entries) { $1 }
    return merged
  }
}

extension String {
  private static let markup: Set<Unicode.Scalar> = ["<", ">", "&", "\"", "'"]

  /// The template engine escapes whole characters; a quote with a combining mark on it is another character and would
  /// slip through. Such marks are set apart by a zero-width space, so that every `<`, `>`, `&` and quote is escaped.
  var withMarkupApart: String {
    guard contains(where: { $0.unicodeScalars.count > 1 && $0.unicodeScalars.contains(where: Self.markup.contains) })
    else { return self }
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      let isMarkup = Self.markup.contains(scalar)
      if isMarkup { scalars.append("\u{200B}") }
      scalars.append(scalar)
      if isMarkup { scalars.append("\u{200B}") }
    }
    return String(scalars)
  }
}
