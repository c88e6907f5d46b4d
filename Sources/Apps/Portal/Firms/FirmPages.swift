import API
import Diagnostics
import FEEL
import HTTPTypes
import Hummingbird
import Policy

/// Firms found by words, and one firm on one page.
extension Portal {
  func addFirmPages(to pages: Pages) {
    pages.get("/firms") { request, context in
      let words = Words(context.language), fields = FormFields(request.uri.query ?? "")
      let (page, time) = await Timed.run { await firms(fields, words) }
      return response(page, to: request, context).timed(time, as: "search")
    }
    pages.get("/firms/:pack/:key") { request, context in
      let region = try region(context), key = context.parameter("key")
      let given = FormFields(request.uri.query ?? "")["as-of"]
      let words = Words(context.language)
      let (page, time) = try await Timed.run { try await portrait(of: key, region, given, words) }
      return response(page, to: request, context).timed(time, as: "portrait")
    }
  }

  private func firms(_ fields: FormFields, _ words: Words) async -> Page {
    let query = fields["q"].map { String($0.prefix(100)) } ?? ""
    let given = fields["as-of"] ?? ""
    let asOf = CalendarDate(given)
    var views: [View] = []
    for region in regions where region.hasSubjects {
      let list = await FirmList(region, query: query, asOf: asOf ?? region.asOf ?? today(), words)
      let path = "/firms/\(PercentCoding.encode(region.id))", suffix = asOf.map { "?as-of=\($0)" } ?? ""
      let firms = list.view { "\(path)/\(PercentCoding.encode($0.key))\(suffix)" }
      views.append(
        firms.merging([
          "id": region.id, "title": region.rulebook.main.title, "stamp": region.stamp(words),
          "chains": chains(of: region),
        ]))
    }
    let day = asOf ?? regions.compactMap(\.asOf).first ?? today()
    var page = Page(
      template: "firms", title: words("firms.title"),
      view: ["regions": views, "query": query, "asOf": day.description], section: .firms)
    if !given.isEmpty, asOf == nil { page.refuseDate(given, words) }
    return page
  }

  private func chains(of region: Region) -> View? {
    let path = "/chains/\(PercentCoding.encode(region.id))"
    let links = region.chains.map { chain -> View in
      ["name": chain.display, "href": "\(path)/\(PercentCoding.encode(chain.key))"]
    }
    return links.isEmpty ? nil : ["links": links]
  }

  private func portrait(of key: String, _ region: Region, _ given: String?, _ words: Words) async throws -> Page {
    let asOf = given.flatMap { CalendarDate($0) } ?? region.asOf ?? today()
    do {
      guard let portrait = try await region.portrait(of: key, asOf: asOf) else { throw HTTPError(.notFound) }
      var page = PortraitView(portrait, of: region, words).page
      if let given, CalendarDate(given) == nil { page.refuseDate(given, words) }
      return page
    } catch let problem as Diagnostic {
      var page = Page(template: "firms", title: words("firms.title"), view: ["query": key], section: .firms)
      page.problems.add(problem, at: "as-of", in: words.language)
      page.status = .unprocessableContent
      return page
    }
  }
}

extension Page {
  fileprivate mutating func refuseDate(_ text: String, _ words: Words) {
    let place = SourcePlace(file: "as-of")
    problems.add(
      Diagnostic("api.as-of", at: place, ["value": String(text.prefix(40))]), at: "as-of", in: words.language)
    status = .unprocessableContent
  }
}
