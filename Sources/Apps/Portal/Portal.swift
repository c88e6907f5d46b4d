public import API
import Diagnostics
public import FEEL
public import Hummingbird
import Policy

/// The pages: the policy explorer, the check-up and simulations, for the regions it was given.
public struct Portal: Sendable {
  private let shelf: RegionShelf
  let today: @Sendable () -> CalendarDate

  var regions: [Region] { shelf.regions }

  /// - Parameter today: what day it is; documents are shown valid or not by it.
  public init(regions: RegionShelf, today: @escaping @Sendable () -> CalendarDate) {
    shelf = regions
    self.today = today
  }

  /// Adds every page, its assets, and the answer to whatever fails.
  public func addRoutes(to router: Router<WebContext>) {
    let pages = router.group().add(middleware: ErrorPages(portal: self))
    addHomePages(to: pages)
    addPolicyPages(to: pages)
    addFirmPages(to: pages)
    addChainPages(to: pages)
    addCheckUpPages(to: pages)
    addSimulatePages(to: pages)
    for asset in Asset.all {
      pages.get(RouterPath(asset.path)) { _, _ in
        Response(
          status: .ok, headers: [.contentType: asset.type, .cacheControl: "public, max-age=31536000, immutable"],
          body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
      }
    }
  }

  /// What an unknown address gets.
  func notFound(_ request: Request, _ context: WebContext) async throws -> Response {
    try await ErrorPages(portal: self).handle(request, context: context) { _, _ in throw HTTPError(.notFound) }
  }

  func response(_ page: Page, to request: Request, _ context: WebContext) -> Response {
    let notice = regions.contains(where: \.isSynthetic) ? "notice.synthetic" : "notice.free"
    return page.response(to: request, language: context.language, notice: notice)
  }

  /// The region of the path parameter `pack`.
  func region(_ context: WebContext) throws -> Region {
    guard let region = regions.region(context.parameter("pack")) else { throw HTTPError(.notFound) }
    return region
  }
}

typealias Pages = RouterGroup<WebContext>
