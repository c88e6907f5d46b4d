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
      response(await choice(FormFields(request.uri.query ?? ""), Words(context.language)), to: request, context)
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

  private func choice(_ fields: FormFields, _ words: Words) async -> Page {
    let query = fields["q"].map { String($0.prefix(100)) } ?? ""
    let asOf = fields["as-of"].flatMap { CalendarDate($0) }
    var views: [View] = []
    for region in regions {
      let list = await FirmList(region, query: query, asOf: asOf ?? region.asOf ?? today(), words)
      views.append(view(of: region, list, asOf: asOf, words))
    }
    return Page(
      template: "check-up", title: words("check-up.title"), view: ["regions": views, "query": query],
      section: .checkUp)
  }

  private func view(of region: Region, _ list: FirmList, asOf: CalendarDate?, _ words: Words) -> View {
    let path = "/check-up/\(PercentCoding.encode(region.id))"
    let suffix = asOf.map { "?as-of=\($0)" } ?? ""
    let firms = list.view { "\(path)/firms/\(PercentCoding.encode($0.key))\(suffix)" }
    return firms.merging([
      "id": region.id, "title": region.rulebook.main.title, "form": "\(path)/form",
      "asOf": (asOf ?? region.asOf ?? today()).description, "stamp": region.stamp(words),
    ])
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
