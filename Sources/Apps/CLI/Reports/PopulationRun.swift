import Diagnostics
import FEEL
import Foundation
import Policy

/// Check-ups of every subject, on all cores, in the order of the facts.
struct PopulationRun: Sendable {
  let rulebook: Rulebook
  let facts: Facts
  let asOf: CalendarDate
  let parameters: [String: String]
  /// nil for all.
  let schemes: Set<String>?

  /// One subject's outcomes without their traces.
  struct Result: Sendable {
    var subject: RecordReference
    var schemes: [Scheme]

    struct Scheme: Sendable {
      var name: String
      var verdict: Verdict
      var amount: Decimal128?
      var reasons: [Reason]
      var missing: [String]
    }
  }

  private static let chunkSize = 64

  /// - Parameter progress: told from time to time how many subjects are done.
  func results(_ progress: (Int, Int) -> Void) async throws -> [Result] {
    let rows = facts[rulebook.subjectType?.name ?? ""]?.rows ?? []
    let starts = Array(stride(from: 0, to: rows.count, by: PopulationRun.chunkSize))
    var chunks: [Int: [Result]] = [:]
    var next = 0, done = 0
    try await withThrowingTaskGroup(of: (Int, [Result]).self) { group in
      func start() {
        guard next < starts.count else { return }
        let first = starts[next]
        let part = Array(rows[first..<min(first + PopulationRun.chunkSize, rows.count)])
        group.addTask { (first, try checkUps(of: part)) }
        next += 1
      }
      for _ in 0..<max(1, ProcessInfo.processInfo.activeProcessorCount) { start() }
      while let (first, results) = try await group.next() {
        chunks[first] = results
        done += results.count
        progress(done, rows.count)
        start()
      }
    }
    return starts.flatMap { chunks[$0] ?? [] }
  }

  private func checkUps(of rows: [FactRow]) throws(Diagnostic) -> [Result] {
    var results: [Result] = []
    for row in rows {
      let checkUp = try rulebook.checkUp(
        of: row.key, facts: facts, asOf: asOf, parameters: parameters, keepsTrace: false)
      let wanted = checkUp.schemes.filter { schemes?.contains($0.scheme.name) ?? true }
      results.append(
        Result(
          subject: checkUp.enterprise,
          schemes: wanted.map { outcome in
            .init(
              name: outcome.scheme.name, verdict: outcome.verdict, amount: outcome.amount, reasons: outcome.reasons,
              missing: outcome.missing.map(\.name))
          }))
    }
    return results
  }
}
