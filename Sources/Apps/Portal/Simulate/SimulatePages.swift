import API
import Diagnostics
import FEEL
import HTTPTypes
import Hummingbird
import Policy
import Population

/// Changes of parameters tried out over all firms, with sliders; the figures and the curve are fetched as the hand moves.
extension Portal {
  func addSimulatePages(to pages: Pages) {
    pages.get("/simulate") { request, context in
      let ready = regions.filter(\.hasSubjects)
      if ready.count == 1, let region = ready.first { return try await simulate(region, request, context) }
      return response(choice(Words(context.language)), to: request, context)
    }
    pages.get("/simulate/:pack") { request, context in
      try await simulate(try region(context), request, context)
    }
    pages.get("/simulate/:pack/figures") { request, context in
      try await fragment(.figures, request, context)
    }
    pages.get("/simulate/:pack/curve") { request, context in
      try await fragment(.curve, request, context)
    }
  }

  private func choice(_ words: Words) -> Page {
    let views = regions.map { region -> View in
      [
        "title": region.rulebook.main.title,
        "href": region.hasSubjects ? "/simulate/\(PercentCoding.encode(region.id))" : nil,
        "firms": region.hasSubjects
          ? words("simulate.firms", ["count": FigureText.grouped(Decimal128(region.subjectCount))])
          : words("simulate.empty"),
      ]
    }
    return Page(
      template: "simulate", title: words("simulate.title"), view: ["choices": ["regions": views] as View],
      section: .simulate)
  }

  private func form(_ region: Region, _ request: Request, _ words: Words) -> SimulationForm {
    SimulationForm(region: region, fields: FormFields(request.uri.query ?? ""), today: today(), words: words)
  }

  private func simulate(_ region: Region, _ request: Request, _ context: WebContext) async throws -> Response {
    let words = Words(context.language)
    guard region.hasSubjects else {
      return response(
        Page(
          template: "simulate", title: words("simulate.title"), view: ["empty": words("simulate.empty")],
          section: .simulate), to: request, context)
    }
    let (form, answer) = await answer(form(region, request, words), withCurve: true)
    return response(SimulationView(form: form, answer: answer).page, to: request, context)
  }

  /// What a part of the page shows by itself, for the script.
  private enum Part: String {
    case figures, curve

    var template: String { "simulation-\(rawValue)" }
  }

  /// What is in error is told by the status and the words.
  private func fragment(_ part: Part, _ request: Request, _ context: WebContext) async throws -> Response {
    let region = try region(context)
    guard region.hasSubjects else { throw HTTPError(.notFound) }
    let words = Words(context.language)
    let form = form(region, request, words)
    guard form.problems.isEmpty else { return text(form.problems, .unprocessableContent) }
    let (response, time) = await Timed.run {
      let (answered, answer) = await answer(form, withCurve: part == .curve)
      guard let answer else { return text(answered.problems, .unprocessableContent) }
      let view = SimulationView(form: answered, answer: answer)
      let own: View = (part == .curve ? view.curve : view.figures) ?? [:]
      let html = Templates.shared.render(own.merging(["words": words]), with: part.template)
      return Response(
        status: .ok, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-cache"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
    return response.timed(time, as: "simulation")
  }

  /// - Returns: without an answer, the form with the problem.
  private func answer(_ form: SimulationForm, withCurve: Bool) async -> (SimulationForm, SimulationAnswer?) {
    let question = form.question(withCurve: withCurve)
    switch await form.region.simulations.result(of: question) {
    case .success(let answer): return (form, answer)
    case .failure(let diagnostic):
      var form = form
      form.add(diagnostic)
      return (form, nil)
    }
  }

  private func text(_ problems: Problems, _ status: HTTPResponse.Status) -> Response {
    let lines = problems.items.map { [$0.text, $0.remedy].compactMap(\.self).joined(separator: " ") }
    return Response(
      status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-cache"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: lines.joined(separator: "\n"))))
  }
}

extension Region {
  var subjectCount: Int { rulebook.subjectType.flatMap { facts[$0.name]?.rows.count } ?? 0 }
  var hasSubjects: Bool { subjectCount > 0 }
}
