import API
import HTTPTypes
import Hummingbird
import Policy

/// The door, and the page of explanations.
extension Portal {
  func addHomePages(to pages: Pages) {
    pages.get("/") { request, context in response(home(Words(context.language)), to: request, context) }
    pages.get("/help") { request, context in response(help(Words(context.language)), to: request, context) }
  }

  private func home(_ words: Words) -> Page {
    let packs = regions.packs.map { pack, region -> View in
      let constructs = pack.documents.flatMap { $0.sections.flatMap(\.constructs) }
      let schemes = constructs.filter { if case .scheme = $0 { true } else { false } }
      return [
        "title": pack.title, "href": "/policies#pack-\(pack.id)", "jurisdiction": pack.jurisdiction,
        "version": pack.version, "documents": String(pack.documents.count),
        "clauses": String(pack.documents.map(\.clauses.count).reduce(0, +)), "schemes": String(schemes.count),
        "dictionary": region.id == pack.id ? "/dictionary/\(PercentCoding.encode(region.id))" : nil,
      ]
    }
    return Page(
      template: "home", title: words("nav.home"),
      view: ["packs": packs, "verdicts": Verdict.shown.map { $0.view(words) }], section: .home)
  }

  private func help(_ words: Words) -> Page {
    let sections = [("reading", 2), ("data", 2), ("access", 2)].map { key, count -> View in
      [
        "title": words("help.\(key).title"),
        "paragraphs": (1...count).map { ["text": words("help.\(key).\($0)")] as View },
      ]
    }
    return Page(
      template: "help", title: words("nav.help"),
      view: ["sections": sections, "verdicts": Verdict.shown.map { $0.view(words) }], section: .help)
  }
}
