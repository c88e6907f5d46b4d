public import Diagnostics
public import Hummingbird

/// What a request carries on its way through the router.
public struct WebContext: RequestContext {
  public var coreContext: CoreRequestContextStorage
  public var language: Language

  public init(source: Source) {
    coreContext = .init(source: source)
    language = .chinese
  }

  /// The most a request may send: 1 MiB.
  public static let maximumBody = 1 << 20

  /// A path parameter, percent-decoded; "" when it is not there.
  public func parameter(_ name: String) -> String { PercentCoding.decode(parameters.get(name) ?? "") }
}
