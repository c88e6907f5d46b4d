import Diagnostics
public import FEEL
import HTTPTypes
public import Hummingbird
import JSON
import Policy

/// `/api/v1`: packs, documents, clauses, decisions, parameters, schemes, the dictionary and check-ups, as JSON.
public struct API: Sendable {
  public static let prefix = "/api/v1"

  private let shelf: RegionShelf
  let today: @Sendable () -> CalendarDate

  var regions: [Region] { shelf.regions }

  public init(regions: RegionShelf, today: @escaping @Sendable () -> CalendarDate) {
    shelf = regions
    self.today = today
  }

  public func addRoutes(to router: Router<WebContext>) {
    let routes = router.group(RouterPath(Self.prefix)).add(middleware: ProblemResponses())
    for operation in operations {
      routes.on(RouterPath(operation.routerPath), method: operation.method) { request, context in
        try await operation.answer(request, context)
      }
    }
  }

  /// What an address below the prefix gets that names nothing.
  public func notFound(_ request: Request, _ context: WebContext) -> Response {
    Problem.unknownAddress(request).response(in: context.language)
  }

  /// Every operation, in the order of the OpenAPI document.
  var operations: [Operation] {
    documentOperations + packOperations + portraitOperations + graphOperations + systemOperations + policyOperations
      + decisionOperations
      + dictionaryOperations
      + checkUpOperations + simulationOperations
  }
}
