import API
import Diagnostics
import HTTPTypes
import Hummingbird
import Logging

/// Turns what goes wrong into a page with what, and how to mend it. Errors of the API are answered by the API itself.
struct ErrorPages: RouterMiddleware {
  typealias Context = WebContext

  let portal: Portal

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as any HTTPResponseError {
      return page(error.status, request, context)
    } catch {
      context.logger.error("\(request.method) \(request.uri.path): \(error)")
      return page(.internalServerError, request, context)
    }
  }

  private func page(_ status: HTTPResponse.Status, _ request: Request, _ context: WebContext) -> Response {
    let diagnostic = Self.diagnostic(status, path: PercentCoding.decode(request.uri.path))
    let heading = diagnostic.problem(in: context.language)
    let page = Page(
      template: "error", title: heading,
      view: ["heading": String(status.code), "problem": heading, "remedy": diagnostic.remedy(in: context.language)],
      status: status)
    return portal.response(page, to: request, context)
  }

  private static func diagnostic(_ status: HTTPResponse.Status, path: String) -> Diagnostic {
    let place = SourcePlace(file: path)
    return switch status.code {
    case 404, 405: Diagnostic("portal.error.not-found", at: place, ["path": String(path.prefix(200))])
    case 413: Diagnostic("portal.error.too-large", at: place, ["limit": "1 MiB"])
    case 500...599: Diagnostic("portal.error.internal", at: place)
    default: Diagnostic("portal.error.bad-request", at: place)
    }
  }
}
