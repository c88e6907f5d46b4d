import Diagnostics
import FEEL
import Hummingbird
import JSON
import Policy

/// The firms known to a pack: found by words, and shown whole.
extension API {
  var portraitOperations: [Operation] {
    [
      Operation(
        path: "/packs/{pack}/subjects", id: "listSubjects",
        query: [
          .init(name: "q", place: .query, text: "api.parameter.q"),
          .init(name: "as-of", place: .query, text: "api.parameter.as-of"),
        ],
        answers: Schema.reference("SubjectList"), refusals: [.notFound, .unprocessableContent]
      ) { request, context in
        let region = try region(context), fields = FormFields(request.uri.query ?? "")
        let asOf = try date(fields["as-of"], at: SourcePlace(file: "as-of"), region)
        let (found, time) = await Timed.run {
          await region.subjects(matching: fields["q"] ?? "", most: Self.mostSubjects, asOf: asOf)
        }
        let answer: JSONValue = [
          "count": .integer(found.count), "subjects": .array(found.first.map(\.json)),
        ]
        return answer.response().timed(time, as: "search")
      },
      Operation(
        path: "/packs/{pack}/subjects/{subject}/portrait", id: "readPortrait",
        query: [.init(name: "as-of", place: .query, text: "api.parameter.as-of")],
        answers: Schema.reference("Portrait"), refusals: [.notFound, .unprocessableContent]
      ) { request, context in
        let region = try region(context), subject = context.parameter("subject")
        let asOf = try date(FormFields(request.uri.query ?? "")["as-of"], at: SourcePlace(file: "as-of"), region)
        do {
          let (portrait, time) = try await Timed.run { try await region.portrait(of: subject, asOf: asOf) }
          if let portrait { return portrait.json(in: context.language).response().timed(time, as: "portrait") }
        } catch let error as Diagnostic {
          throw Problem(error)
        }
        throw Problem.unknown("subject", subject, among: region.someKeys)
      },
    ]
  }

  private static let mostSubjects = 1000
}
