import Diagnostics
import Mustache

/// The words of the pages, by key: `{{words.home.title}}` is `portal.home.title` of the catalogue.
struct Words: MustacheParent, MustacheCustomRenderable, Sendable {
  let language: Language
  private let key: String

  init(_ language: Language, key: String = "portal") {
    self.language = language
    self.key = key
  }

  func child(named name: String) -> Any? { Words(language, key: "\(key).\(name)") }

  var renderText: String { Catalogue.shared.text(key, in: language) }
  var isNull: Bool { false }

  /// A sentence with its arguments.
  func callAsFunction(_ key: String, _ arguments: [String: String] = [:]) -> String {
    Catalogue.shared.text("portal.\(key)", in: language, arguments)
  }

  /// Words of a pack in a row; packs are Chinese in every language of the interface.
  func packList(_ texts: [String]) -> String { texts.joined(separator: self("pack-separator")) }

  /// A pack's remark in brackets.
  func bracketed(_ text: String) -> String { self("pack-brackets", ["text": text]) }

  func joined(_ texts: [String]) -> String { texts.joined(separator: self("separator")) }
}
