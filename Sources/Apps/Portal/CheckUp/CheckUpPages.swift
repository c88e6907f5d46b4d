import API
import Diagnostics
import FEEL
import HTTPTypes
import Hummingbird
import Policy

/// The check-up: choose a firm or describe one, then read the result.
extension Portal {
  func addCheckUpPages(to pages: Pages) {
    pages.get("/check-up") { request, context in
      response(choice(FormFields(request.uri.query ?? ""), Words(context.language)), to: request, context)
    }
    pages.get("/check-up/:pack/firms/:key") { request, context in
      try firm(FormFields(request.uri.query ?? ""), request, context)
    }
    pages.post("/check-up/:pack/firms/:key") { request, context in
      let fields = try await fields(of: request)
      return try answer(fields, request, context) { try firm(fields, request, $0) }
    }
    pages.get("/check-up/:pack/form") { request, context in
      try form(FormFields(request.uri.query ?? ""), request, context, answersForm: false)
    }
    pages.post("/check-up/:pack/form") { request, context in
      let fields = try await fields(of: request)
      return try answer(fields, request, context) { try form(fields, request, $0, answersForm: true) }
    }
  }

  private func fields(of request: Request) async throws -> FormFields {
    let body = try await request.body.collect(upTo: WebContext.maximumBody)
    return FormFields(String(buffer: body))
  }

  /// A form may switch the language too.
  private func answer(
    _ fields: FormFields, _ request: Request, _ context: WebContext, page: (WebContext) throws -> Response
  ) throws -> Response {
    guard let chosen = fields[LanguageChoice.name].flatMap(Language.init(rawValue:)) else { return try page(context) }
    var context = context
    context.language = chosen
    var response = try page(context)
    response.setCookie(.language(chosen))
    response.headers[.contentLanguage] = chosen.rawValue
    return response
  }

  // MARK: choose

  private static let maximumFirms = 60

  private func choice(_ fields: FormFields, _ words: Words) -> Page {
    let query = fields["q"].map { String($0.prefix(100)) } ?? ""
    let asOf = fields["as-of"].flatMap { CalendarDate($0) }
    let regions = regions.map { view(of: $0, query: query, asOf: asOf, words) }
    return Page(
      template: "check-up", title: words("check-up.title"), view: ["regions": regions, "query": query],
      section: .checkUp)
  }

  private func view(of region: Region, query: String, asOf: CalendarDate?, _ words: Words) -> View {
    let path = "/check-up/\(PercentCoding.encode(region.id))"
    let (shown, total) = region.subjects(matching: query, most: Self.maximumFirms)
    let suffix = asOf.map { "?as-of=\($0)" } ?? ""
    let arguments = ["total": String(total), "count": String(shown.count), "query": query]
    let firms = shown.map { firm -> View in
      ["firm": firm.display, "code": firm.key, "href": "\(path)/firms/\(PercentCoding.encode(firm.key))\(suffix)"]
    }
    var view: View = [
      "id": region.id, "title": region.rulebook.main.title, "form": "\(path)/form",
      "asOf": (asOf ?? region.asOf ?? today()).description, "stamp": region.stamp(words),
    ]
    if firms.isEmpty {
      view["none"] = words(query.isEmpty ? "check-up.no-firms" : "check-up.found-none", arguments)
    } else {
      let summary = words(query.isEmpty ? "check-up.shown" : "check-up.found", arguments)
      view["list"] = ["summary": summary, "firms": firms] as View
    }
    return view
  }

  // MARK: a firm that is known

  private func firm(_ fields: FormFields, _ request: Request, _ context: WebContext) throws -> Response {
    let region = try region(context)
    let key = context.parameter("key")
    guard let type = region.rulebook.subjectType, region.facts.record(type.name, key: key) != nil else {
      throw HTTPError(.notFound)
    }
    let submission = Submission(
      region: region, fields: fields, firm: key, today: today(), words: Words(context.language))
    var page = ResultView(submission: submission).page
    page.answersForm = request.method == .post ? "result" : nil
    return response(page, to: request, context)
  }

  // MARK: a firm that describes itself

  private func form(
    _ fields: FormFields, _ request: Request, _ context: WebContext, answersForm: Bool
  ) throws -> Response {
    let region = try region(context)
    let submission = Submission(
      region: region, fields: fields, firm: nil, today: today(), words: Words(context.language))
    let wantsResult = fields["step"] == "result" && fields["add"] == nil
    if wantsResult, submission.problems.isEmpty {
      var page = ResultView(submission: submission).page
      page.answersForm = "result"
      return response(page, to: request, context)
    }
    var page = FactFormView(submission: submission, answersForm: answersForm, adding: fields["add"]).page
    if !wantsResult {
      page.problems = Problems()
      page.status = .ok
    }
    return response(page, to: request, context)
  }
}

extension Region {
  /// How old the data are.
  func stamp(_ words: Words) -> String {
    guard let recorded else { return words("check-up.stamp-unknown") }
    return words("check-up.stamp", ["date": FigureText(words: words).date(recorded)])
  }
}
