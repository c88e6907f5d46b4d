public import Diagnostics
import HTTPTypes
import Hummingbird
public import JSON
import Logging

/// A request that cannot be answered: what is wrong, where, and how to mend it.
struct Problem: Error {
  var status: HTTPResponse.Status
  var diagnostics: [Diagnostic]

  /// The request could be read and makes no sense: 422. One that could not be read is 400.
  init(_ diagnostics: [Diagnostic], status: HTTPResponse.Status = .unprocessableContent) {
    self.status = status
    self.diagnostics = diagnostics
  }

  init(_ diagnostic: Diagnostic, status: HTTPResponse.Status = .unprocessableContent) {
    self.init([diagnostic], status: status)
  }

  static func unknownAddress(_ request: Request) -> Problem {
    let path = String(PercentCoding.decode(request.uri.path).prefix(200))
    return Problem(
      Diagnostic("api.address.unknown", at: SourcePlace(file: path), ["path": path]), status: .notFound)
  }

  /// Nothing of that kind has that name.
  static func unknown(_ kind: String, _ name: String, among names: some Sequence<String>) -> Problem {
    let near = nearWord(to: name, among: names) ?? "—"
    return Problem(
      Diagnostic(
        "api.\(kind).unknown", at: SourcePlace(file: kind), ["name": String(name.prefix(100)), "near": near]),
      status: .notFound)
  }

  func response(in language: Language) -> Response {
    guard let first = diagnostics.first else { return Response(status: status) }
    guard case .object(let members) = first.json(in: language) else { return Response(status: status) }
    let all = JSONValue.array(diagnostics.map { $0.json(in: language) })
    return JSONValue.object(members + [.init("problems", all)]).response(status)
  }
}

extension Diagnostic {
  public func json(in language: Language) -> JSONValue {
    [
      "code": .string(code), "problem": .string(problem(in: language)), "remedy": .optional(remedy(in: language)),
      "place": .place(place),
    ]
  }
}

/// Whatever fails below the prefix is answered in JSON.
struct ProblemResponses: RouterMiddleware {
  typealias Context = WebContext

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let problem as Problem {
      return problem.response(in: context.language)
    } catch let error as any HTTPResponseError {
      return problem(of: error, request).response(in: context.language)
    } catch {
      context.logger.error("\(request.method) \(request.uri.path): \(error)")
      let place = SourcePlace(file: request.uri.path)
      return Problem(Diagnostic("api.internal", at: place), status: .internalServerError)
        .response(in: context.language)
    }
  }

  private func problem(of error: any HTTPResponseError, _ request: Request) -> Problem {
    switch error.status {
    case .notFound: .unknownAddress(request)
    case .contentTooLarge:
      Problem(
        Diagnostic("api.body.large", at: SourcePlace(file: "body"), ["limit": "1 MiB"]), status: error.status)
    default: Problem(Diagnostic("api.request", at: SourcePlace(file: request.uri.path)), status: error.status)
    }
  }
}
