import API
import Diagnostics
import FEEL
import Policy

/// The firms of a region that a search has found.
struct FirmList {
  private let query: String
  private let shown: [Subject]
  private let total: Int
  private let words: Words

  private static let most = 60

  init(_ region: Region, query: String, asOf: CalendarDate, _ words: Words) async {
    self.query = query
    self.words = words
    (shown, total) = await region.subjects(matching: query, most: Self.most, asOf: asOf)
  }

  /// - Parameter href: where a firm leads.
  func view(_ href: (Subject) -> String) -> View {
    let arguments = ["total": String(total), "count": String(shown.count), "query": query]
    guard !shown.isEmpty else {
      return ["none": words(query.isEmpty ? "check-up.no-firms" : "check-up.found-none", arguments)]
    }
    let firms = shown.map { ["firm": $0.display, "code": $0.key, "href": href($0)] as View }
    let summary = words(query.isEmpty ? "check-up.shown" : "check-up.found", arguments)
    return ["list": ["summary": summary, "firms": firms] as View]
  }
}
