import Diagnostics
import FEEL
import Hummingbird
import JSON
import Policy

/// Documents and their clauses.
extension API {
  var policyOperations: [Operation] {
    let base = "/packs/{pack}/documents"
    return [
      Operation(path: base, id: "listDocuments", answers: Schema.list("documents", of: "Document")) { _, context in
        let (pack, region) = try pack(context)
        let documents = pack.documents.map { $0.json(region.rulebook) }
        return JSONValue.object([.init("documents", .array(documents))]).response()
      },
      Operation(path: base + "/{document}", id: "readDocument", answers: Schema.reference("Document")) { _, context in
        let (document, region) = try document(context)
        return document.json(region.rulebook).response()
      },
      Operation(
        path: base + "/{document}/clauses", id: "listClauses", answers: Schema.list("clauses", of: "Clause")
      ) { _, context in
        let (document, region) = try document(context)
        let clauses = document.clauses.map { $0.json(in: document, region.rulebook) }
        return JSONValue.object([.init("clauses", .array(clauses))]).response()
      },
      Operation(
        path: base + "/{document}/clauses/{clause}", id: "readClause", answers: Schema.reference("Clause")
      ) { _, context in
        let (document, region) = try document(context)
        let number = context.parameter("clause")
        guard let clause = document.clauses.first(where: { $0.clause == number }) else {
          throw Problem.unknown("clause", number, among: document.clauses.compactMap(\.clause))
        }
        return clause.json(in: document, region.rulebook).response()
      },
    ]
  }

  private func document(_ context: WebContext) throws -> (PolicyDocument, Region) {
    let (pack, region) = try pack(context)
    let id = context.parameter("document")
    guard let document = pack.documents.first(where: { $0.id == id }) else {
      throw Problem.unknown("document", id, among: pack.documents.map(\.id))
    }
    return (document, region)
  }
}

extension PolicyDocument {
  func json(_ rulebook: Rulebook) -> JSONValue {
    let counts = rulebook.coverage(of: self).counts
    let coverage = Coverage.State.allCases.map { JSONValue.Member($0.rawValue, .integer(counts[$0] ?? 0)) }
    return [
      "id": .string(id), "title": .string(title), "issuer": .string(issuer), "number": .optional(number),
      "issued": .optional(issued), "inForce": inForce.json, "basis": .optional(basis), "repeals": .optional(repeals),
      "note": .optional(note), "outline": .strings(outline), "clauses": .strings(clauses.compactMap(\.clause)),
      "coverage": .object(coverage), "place": .place(place),
    ]
  }
}

extension Section {
  func json(in document: PolicyDocument, _ rulebook: Rulebook) -> JSONValue {
    [
      "clause": .optional(clause), "heading": .string(heading), "lead": .strings(lead),
      "responsible": .strings(responsible), "refs": .strings(refs), "text": .strings(prose),
      "state": .string(rulebook.state(of: self, in: document).rawValue), "notComputable": .optional(notComputable),
      "note": .optional(note), "constructs": .array(constructs.map(\.summary)), "place": .place(place),
    ]
  }
}

extension Construct {
  /// Kind and name; decisions, parameters and schemes have resources of their own.
  fileprivate var summary: JSONValue {
    ["kind": .string(kind), "name": .string(name)]
  }
}

extension Period {
  /// Half-open: `until` is the first day after.
  var json: JSONValue { ["from": .optional(from?.description), "until": .optional(until?.description)] }
}

extension Citation {
  var json: JSONValue {
    [
      "pack": .string(pack), "document": .string(document), "documentTitle": .string(documentTitle),
      "clause": .optional(clause), "heading": .string(heading),
    ]
  }
}
