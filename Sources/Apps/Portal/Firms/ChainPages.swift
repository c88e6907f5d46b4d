import API
import FEEL
import HTTPTypes
import Hummingbird
import Policy

/// Industrial chains (图谱): links from the first to the last, what each supplies, who is on it, and where nobody is.
extension Portal {
  func addChainPages(to pages: Pages) {
    pages.get("/chains/:pack/:key") { request, context in
      let region = try region(context), key = context.parameter("key")
      let within = FormFields(request.uri.query ?? "")["within"].map { String($0.prefix(20)) } ?? ""
      guard let chain = region.graph.chain(key, within: within.isEmpty ? nil : within) else {
        throw HTTPError(.notFound)
      }
      let page = ChainPage(chain: chain, region: region, within: within, words: Words(context.language)).page
      return response(page, to: request, context)
    }
  }
}

private struct ChainPage {
  let chain: ChainView
  let region: Region
  let within: String
  let words: Words

  private static let mostMembers = 60

  var page: Page {
    let pack = PercentCoding.encode(region.id)
    let view: View = [
      "name": chain.chain.display, "pack": ["title": region.rulebook.main.title] as View, "within": within,
      "action": "/chains/\(pack)/\(PercentCoding.encode(chain.chain.key))", "links": chain.links.map(link),
      "summary": words(
        "chain.summary", ["links": String(chain.links.count), "gaps": String(chain.gaps.count)]),
      "json": "/api/v1/packs/\(pack)/chains/\(PercentCoding.encode(chain.chain.key))",
    ]
    return Page(
      template: "chain", title: "\(chain.chain.display) \(words("chain.kicker"))", view: view, section: .firms)
  }

  private func link(_ link: ChainView.Link) -> View {
    let members = link.members.prefix(Self.mostMembers).map { member -> View in
      let isFirm = member.type == region.rulebook.subjectType?.name
      let path = "/firms/\(PercentCoding.encode(region.id))/\(PercentCoding.encode(member.key))"
      return ["name": member.display, "href": isFirm ? path : nil]
    }
    let more = link.members.count - members.count
    let supplies = link.supplies.isEmpty ? nil : words.packList(link.supplies.map(\.display))
    return [
      "name": link.link.display, "class": members.isEmpty ? "gap" : "held", "members": members,
      "count": members.isEmpty
        ? words("chain.gap") : words("chain.members", ["count": String(link.members.count)]),
      "supplies": supplies.map { words("chain.supplies", ["links": $0]) },
      "more": more > 0 ? words("result.more", ["count": String(more)]) : nil,
    ]
  }
}
