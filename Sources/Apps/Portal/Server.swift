public import API
public import Diagnostics
public import FEEL
import Foundation
import HTTPTypes
public import Hummingbird
import Logging
import NIOCore

/// The whole service: portal and API in one router, on one address.
public struct Server: Sendable {
  public let host: String
  public let port: Int
  private let regions: RegionShelf
  private let today: @Sendable () -> CalendarDate

  /// - Parameter today: for tests; the day in China by default.
  public init(
    regions: RegionShelf, host: String = "127.0.0.1", port: Int = 8080,
    today: @escaping @Sendable () -> CalendarDate = Server.dayInChina
  ) {
    self.regions = regions
    self.host = host
    self.port = port
    self.today = today
  }

  public var address: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

  /// Every route, page and error; what tests drive without a socket.
  public var router: Router<WebContext> {
    let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: SecurityHeaders())
    router.add(middleware: LanguageChoice())
    let portal = Portal(regions: regions, today: today)
    let api = API(regions: regions, today: today)
    router.add(middleware: UnknownAddress(portal: portal, api: api))
    api.addRoutes(to: router)
    portal.addRoutes(to: router)
    return router
  }

  /// Serves until the process is told to stop.
  /// - Parameter started: called once the address is open.
  /// - Throws: `server.port-taken`, `server.permission`, `server.address`, `server.failed`.
  public func run(started: @escaping @Sendable () async -> Void = {}) async throws(Diagnostic) {
    var logger = Logger(label: "silian")
    logger.logLevel = .warning
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "silian"),
      onServerRunning: { _ in await started() }, logger: logger)
    do {
      try await application.runService()
    } catch {
      throw diagnostic(of: error)
    }
  }

  private func diagnostic(of error: any Error) -> Diagnostic {
    let codes = [EADDRINUSE: "server.port-taken", EACCES: "server.permission", EADDRNOTAVAIL: "server.address"]
    let code = (error as? IOError).flatMap { codes[$0.errnoCode] }
    let next = String(port < 65_535 ? port + 1 : 8080)
    return Diagnostic(
      code ?? "server.failed", at: SourcePlace(file: address),
      ["host": host, "port": String(port), "next": next, "detail": String(describing: error)])
  }

  /// Today by the clock of China (UTC+8).
  public static let dayInChina: @Sendable () -> CalendarDate = {
    let seconds = Int(Date().timeIntervalSince1970) + 8 * 3600
    guard let day = CalendarDate(dayNumber: seconds / 86_400) else {
      preconditionFailure("the clock is beyond the calendar")
    }
    return day
  }
}

/// Answers an address nobody serves: the API in JSON, everything else with a page.
private struct UnknownAddress: RouterMiddleware {
  typealias Context = WebContext

  let portal: Portal
  let api: API

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound {
      if request.uri.path.hasPrefix(API.prefix) { return api.notFound(request, context) }
      return try await portal.notFound(request, context)
    }
  }
}
