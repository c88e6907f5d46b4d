public import Diagnostics

/// Problems, of which so many of each kind are kept and all are counted.
public struct ProblemList: Sendable {
  public private(set) var kept: [Diagnostic] = []
  public private(set) var counts: [String: Int] = [:]
  private let mostOfAKind: Int

  init(mostOfAKind: Int = 100) { self.mostOfAKind = mostOfAKind }

  mutating func add(_ problem: Diagnostic) {
    counts[problem.code, default: 0] += 1
    if counts[problem.code, default: 0] <= mostOfAKind { kept.append(problem) }
  }

  /// The kept ones, and how many of each kind are not kept.
  public var diagnostics: [Diagnostic] {
    let more = counts.sorted { $0.key < $1.key }.compactMap { code, count -> Diagnostic? in
      guard count > mostOfAKind, let first = kept.first(where: { $0.code == code }) else { return nil }
      let arguments = ["code": code, "count": String(count - mostOfAKind)]
      return Diagnostic("tabulation.problems.more", first.severity, at: first.place, arguments)
    }
    return kept + more
  }

  static func bounded(_ problems: [Diagnostic], mostOfAKind: Int) -> [Diagnostic] {
    var list = ProblemList(mostOfAKind: mostOfAKind)
    for problem in problems { list.add(problem) }
    return list.diagnostics
  }
}
