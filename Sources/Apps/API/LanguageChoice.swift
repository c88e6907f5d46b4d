public import Diagnostics
import HTTPTypes
public import Hummingbird

/// Finds the language of an answer: `?lang=`, then the cookie, then Chinese. A choice by `?lang=` is kept in the cookie.
public struct LanguageChoice: RouterMiddleware {
  public static let name = "lang"

  public init() {}

  public func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    let chosen = FormFields(request.uri.query ?? "")[Self.name].flatMap(Language.init(rawValue:))
    let kept = request.cookies[Self.name]?.value
    context.language = chosen ?? kept.flatMap(Language.init(rawValue:)) ?? .chinese
    var response = try await next(request, context)
    if let chosen { response.setCookie(.language(chosen)) }
    response.headers[.contentLanguage] = context.language.rawValue
    return response
  }
}

extension Cookie {
  /// Keeps the choice of a language for a year.
  public static func language(_ language: Language) -> Cookie {
    Cookie(
      name: LanguageChoice.name, value: language.rawValue, maxAge: 31_536_000, path: "/", httpOnly: true, sameSite: .lax
    )
  }
}
