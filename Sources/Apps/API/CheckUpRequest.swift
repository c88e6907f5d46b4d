import Diagnostics
import HTTPTypes
import JSON
import Policy

/// The body of a check-up: `{"facts": {…}, "subject": "…", "as-of": "…", "parameters": {"discount.mode": "…"}}`.
struct CheckUpRequest {
  var facts: JSONNode
  var asOf: (text: String, place: SourcePlace)?
  var parameters: [String: String] = [:]
  private var subject: (text: String, place: SourcePlace)?

  private static let names = ["facts", "subject", "as-of", "parameters"]

  /// - Throws: a ``Problem``: 400 when it is no JSON, 422 when it is not this.
  init(_ bytes: [UInt8]) throws(Problem) {
    let document: JSONNode
    do {
      document = try JSONNode.read(bytes, file: "body")
    } catch {
      throw Problem(error, status: .badRequest)
    }
    guard case .object(let members) = document.content else {
      throw Problem(Diagnostic("api.body.form", at: document.place))
    }
    if let stray = members.first(where: { !Self.names.contains($0.name) }) {
      let near = nearWord(to: stray.name, among: Self.names) ?? Self.names.joined(separator: ", ")
      throw Problem(Diagnostic("api.body.member", at: stray.place, ["name": stray.name, "near": near]))
    }
    guard let facts = members.first(where: { $0.name == "facts" })?.value else {
      throw Problem(Diagnostic("api.body.facts", at: document.place))
    }
    self.facts = facts
    subject = try Self.text("subject", members)
    asOf = try Self.text("as-of", members)
    parameters = try Self.parameters(members)
  }

  /// The subject named, or the only one there is.
  func subject(in facts: Facts, _ rulebook: Rulebook) throws(Problem) -> String {
    if let subject { return subject.text }
    let keys = facts[rulebook.subjectType?.name ?? ""]?.rows.map(\.key) ?? []
    if keys.count == 1 { return keys[0] }
    let type = rulebook.subjectType?.name ?? "—"
    throw Problem(Diagnostic("api.body.subject", at: self.facts.place, ["count": String(keys.count), "record": type]))
  }

  private static func text(_ name: String, _ members: [JSONNode.Member]) throws(Problem) -> (String, SourcePlace)? {
    guard let member = members.first(where: { $0.name == name }) else { return nil }
    guard case .string(let text) = member.value.content else {
      throw Problem(Diagnostic("api.body.text", at: member.value.place, ["name": name]))
    }
    return (text, member.value.place)
  }

  private static func parameters(_ members: [JSONNode.Member]) throws(Problem) -> [String: String] {
    guard let member = members.first(where: { $0.name == "parameters" }) else { return [:] }
    guard case .object(let given) = member.value.content else {
      throw Problem(Diagnostic("api.body.parameters", at: member.value.place))
    }
    var parameters: [String: String] = [:]
    for one in given {
      switch one.value.content {
      case .string(let text), .number(let text): parameters[one.name] = text
      default: throw Problem(Diagnostic("api.body.parameters", at: one.value.place))
      }
    }
    return parameters
  }
}
