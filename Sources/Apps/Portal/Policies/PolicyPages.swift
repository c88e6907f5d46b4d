import API
import Diagnostics
import FEEL
import HTTPTypes
import Hummingbird
import Policy

/// The policy explorer: all documents, one document, the dictionary.
extension Portal {
  func addPolicyPages(to pages: Pages) {
    pages.get("/policies") { request, context in
      let query = FormFields(request.uri.query ?? "")["q"].map { String($0.prefix(100)) }
      return response(policies(query, Words(context.language)), to: request, context)
    }
    pages.get("/policies/:pack/:document") { request, context in
      guard let (pack, region) = regions.pack(context.parameter("pack")),
        let document = pack.documents.first(where: { $0.id == context.parameter("document") })
      else { throw HTTPError(.notFound) }
      let shown = DocumentView(
        pack: pack, document: document, rulebook: region.rulebook, today: today(), words: Words(context.language))
      return response(shown.page, to: request, context)
    }
    pages.get("/dictionary/:pack") { request, context in
      let shown = DictionaryView(rulebook: try region(context).rulebook, words: Words(context.language))
      return response(shown.page, to: request, context)
    }
  }

  private func policies(_ query: String?, _ words: Words) -> Page {
    let packs = regions.packs.filter { !$0.pack.documents.isEmpty }.map { pack, region -> View in
      let documents = pack.documents.map { document -> View in
        let shown = DocumentView(
          pack: pack, document: document, rulebook: region.rulebook, today: today(), words: words)
        return [
          "title": document.title, "href": shown.path, "meta": shown.meta(isShort: true),
          "coverage": shown.coverageLine,
        ]
      }
      return ["id": pack.id, "title": pack.title, "documents": documents]
    }
    return Page(
      template: "policies", title: words("policies.title"),
      view: ["packs": packs, "query": query ?? "", "found": query.map { found($0, words) }], section: .policies)
  }

  private func found(_ query: String, _ words: Words) -> View {
    let hits = regions.packs.flatMap { pack, _ in
      pack.documents.flatMap { document in PolicySearch(pack: pack, document: document).hits(for: query) }
    }
    let title = words(
      hits.isEmpty ? "policies.found-none" : "policies.found", ["count": String(hits.count), "query": query])
    return ["title": title, "hits": hits.prefix(PolicySearch.maximumHits).map(\.view)]
  }
}
