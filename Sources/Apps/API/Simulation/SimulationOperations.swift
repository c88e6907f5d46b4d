import Diagnostics
import FEEL
import HTTPTypes
import Hummingbird
import JSON
import Policy

/// Changes tried out over the whole population of a region.
extension API {
  var simulationOperations: [Operation] {
    [
      Operation(
        path: "/packs/{pack}/simulation", id: "readSimulation",
        query: [
          .init(name: "as-of", place: .query, text: "api.parameter.as-of"),
          .init(name: "set", place: .query, text: "api.parameter.set"),
          .init(name: "by", place: .query, text: "api.parameter.by"),
          .init(name: "sweep", place: .query, text: "api.parameter.sweep"),
        ],
        answers: Schema.reference("Simulation"), refusals: [.notFound, .unprocessableContent]
      ) { request, context in
        let region = try region(context)
        let fields = FormFields(request.uri.query ?? "")
        let asOf = try date(fields["as-of"], at: SourcePlace(file: "as-of"), region)
        let question = SimulationQuestion(
          asOf: asOf, settings: fields.settings, dimension: fields["by"], sweep: fields["sweep"])
        switch await region.simulations.result(of: question) {
        case .success(let answer): return answer.json(in: context.language).response()
        case .failure(let diagnostic): throw Problem(diagnostic)
        }
      }
    ]
  }
}

extension FormFields {
  /// `set.discount.mode=…` as the parameter and its value.
  public var settings: [String: String] {
    var settings: [String: String] = [:]
    for field in distinct where field.name.hasPrefix("set.") { settings[String(field.name.dropFirst(4))] = field.value }
    return settings
  }
}
