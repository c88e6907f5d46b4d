import API
import Policy

/// Finds a word in the clauses of a document.
struct PolicySearch {
  static let maximumHits = 50

  let pack: Pack
  let document: PolicyDocument

  struct Hit {
    var title: String
    var document: String
    var href: String
    var text: String

    var view: View { ["title": title, "document": document, "href": href, "text": text] }
  }

  /// One hit per clause or section whose heading, text or constructs hold the word, whatever its case.
  func hits(for query: String) -> [Hit] {
    let wanted = query.lowercased()
    return document.sections.enumerated().compactMap { index, section in
      let texts = [section.heading] + section.prose + section.constructs.map(\.name)
      guard let text = texts.first(where: { $0.lowercased().contains(wanted) }) else { return nil }
      let title = [section.clause, section.heading].compactMap { $0 }.joined(separator: " ")
      let anchor = Anchor.section(section, at: index)
      return Hit(
        title: title, document: document.title, href: Anchor.href(pack: pack.id, document: document.id, anchor),
        text: excerpt(of: text, around: wanted))
    }
  }

  /// Some sixty characters around the word.
  private func excerpt(of text: String, around wanted: String) -> String {
    guard text.count > 80 else { return text }
    let lowered = Array(text.lowercased()), characters = Array(text)
    guard lowered.count == characters.count else { return String(text.prefix(80)) + "…" }
    let length = wanted.count
    let start =
      (0...max(0, lowered.count - length)).first { Array(lowered[$0...].prefix(length)) == Array(wanted) } ?? 0
    let from = max(0, start - 24), to = min(characters.count, start + 50)
    return (from > 0 ? "…" : "") + String(characters[from..<to]) + (to < characters.count ? "…" : "")
  }
}

/// The places of a document page that links lead to.
enum Anchor {
  static func section(_ section: Section, at index: Int) -> String {
    section.clause.map(clause) ?? "section-\(index + 1)"
  }

  static func clause(_ number: String) -> String { "clause-\(number.filter { !$0.isWhitespace })" }

  static func href(pack: String, document: String, _ anchor: String? = nil) -> String {
    let path = "/policies/\(PercentCoding.encode(pack))/\(PercentCoding.encode(document))"
    return anchor.map { "\(path)#\(PercentCoding.encode($0))" } ?? path
  }

  static func href(_ citation: Citation) -> String {
    href(pack: citation.pack, document: citation.document, citation.clause.map(clause))
  }
}
