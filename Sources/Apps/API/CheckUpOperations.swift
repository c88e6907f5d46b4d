import Diagnostics
import FEEL
import HTTPTypes
import Hummingbird
import JSON
import Policy
import Store

/// Check-ups: of a firm that is known, or of facts that are sent.
extension API {
  var checkUpOperations: [Operation] {
    [
      Operation(
        path: "/packs/{pack}/check-ups/{subject}", id: "readCheckUp",
        query: [
          .init(name: "as-of", place: .query, text: "api.parameter.as-of"),
          .init(name: "set", place: .query, text: "api.parameter.set"),
        ],
        answers: Schema.reference("CheckUp"), refusals: [.notFound, .unprocessableContent]
      ) { request, context in
        try known(FormFields(request.uri.query ?? ""), context)
      },
      Operation(
        method: .post, path: "/packs/{pack}/check-ups", id: "makeCheckUp", body: "CheckUpRequest",
        answers: Schema.reference("CheckUp"),
        refusals: [.badRequest, .notFound, .contentTooLarge, .unprocessableContent]
      ) { request, context in
        let region = try region(context)
        let body = try await request.body.collect(upTo: WebContext.maximumBody)
        return try sent(Array(body.readableBytesView), region, context)
      },
    ]
  }

  /// `?as-of=2024-03-31&set.discount.mode=…`
  private func known(_ fields: FormFields, _ context: WebContext) throws -> Response {
    let region = try region(context)
    let subject = context.parameter("subject")
    guard let type = region.rulebook.subjectType, region.facts.record(type.name, key: subject) != nil else {
      throw Problem.unknown("subject", subject, among: region.someKeys)
    }
    let asOf = try date(fields["as-of"], at: SourcePlace(file: "as-of"), region)
    return try checkUp(of: subject, region.facts, asOf, fields.settings, region, context)
  }

  private func sent(_ bytes: [UInt8], _ region: Region, _ context: WebContext) throws -> Response {
    let request = try CheckUpRequest(bytes)
    let source = FactDocument.read(request.facts)
    let (facts, problems) = source.facts(by: region.rulebook.dictionary)
    let errors = problems.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Problem(errors) }
    let asOf = try date(request.asOf?.text, at: request.asOf?.place ?? request.facts.place, region)
    let subject = try request.subject(in: facts, region.rulebook)
    return try checkUp(of: subject, facts, asOf, request.parameters, region, context)
  }

  func date(_ text: String?, at place: SourcePlace, _ region: Region) throws -> CalendarDate {
    guard let text else { return region.asOf ?? today() }
    guard let date = CalendarDate(text) else {
      throw Problem(Diagnostic("api.as-of", at: place, ["value": String(text.prefix(40))]))
    }
    return date
  }

  private func checkUp(
    of subject: String, _ facts: Facts, _ asOf: CalendarDate, _ parameters: [String: String], _ region: Region,
    _ context: WebContext
  ) throws(Problem) -> Response {
    do {
      let checkUp = try region.rulebook.checkUp(of: subject, facts: facts, asOf: asOf, parameters: parameters)
      return checkUp.json(in: context.language).response()
    } catch {
      throw Problem(error)
    }
  }
}
