public import Hummingbird
import HTTPTypes

/// How long something took, for the header `Server-Timing`.
public enum Timed {
  public static func run<R>(_ body: () async throws -> R) async rethrows -> (R, Duration) {
    let clock = ContinuousClock(), start = clock.now
    let result = try await body()
    return (result, clock.now - start)
  }
}

extension Response {
  public func timed(_ time: Duration, as name: String) -> Response {
    var response = self
    let milliseconds = time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
    if let field = HTTPField.Name("Server-Timing") { response.headers[field] = "\(name);dur=\(milliseconds)" }
    return response
  }
}
