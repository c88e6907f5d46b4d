import Diagnostics
import Synchronization

/// What one evaluation notes beside its values: warnings of DMN's own, the calls of knowledge models and services, and
/// how deep boxed expressions nest.
///
/// Functions are values that FEEL passes about, so what a call did reaches the trace by this side door. One evaluation
/// runs on one thread; the lock serves the compiler's proof.
final class EvaluationLog: Sendable {
  /// Boxed expressions inside each other, across calls.
  static let maximumDepth = 200
  /// How many of them a small stack bears: a level with the FEEL between two calls takes up to 10 KB in a release
  /// build, so that all of them fit a thread with 512 KiB. Of those beyond, the trace keeps the value alone.
  static let smallDepth = 32
  /// Calls and items kept for one node of the trace: a loop over a million loans shows a hundred of them.
  static let maximumCalls = 100
  static let maximumWarnings = 100

  private struct State {
    var warnings: [Diagnostic] = []
    var calls: [Trace] = []
    var depth = 0
  }
  private let state = Mutex(State())

  // MARK: - Warnings

  var warnings: [Diagnostic] { state.withLock { $0.warnings } }

  func warn(_ code: String, _ arguments: [String: String] = [:], at place: SourcePlace) {
    append(Diagnostic(code, .warning, at: place, arguments))
  }

  func append(_ diagnostic: Diagnostic) {
    state.withLock { state in
      if state.warnings.count < Self.maximumWarnings { state.warnings.append(diagnostic) }
    }
  }

  // MARK: - Depth

  var depth: Int { state.withLock { $0.depth } }

  /// False when boxed expressions nest deeper than `limit`; otherwise ``leave()`` must follow.
  func enter(within limit: Int) -> Bool {
    state.withLock { state in
      guard state.depth < limit else { return false }
      state.depth += 1
      return true
    }
  }

  func leave() { state.withLock { $0.depth -= 1 } }

  // MARK: - Calls

  func add(call: Trace) {
    state.withLock { state in
      if state.calls.count < Self.maximumCalls { state.calls.append(call) }
    }
  }

  /// Puts `calls` in the place of those kept so far.
  /// - Returns: those kept so far.
  func exchange(calls: [Trace] = []) -> [Trace] {
    state.withLock { state in
      let kept = state.calls
      state.calls = calls
      return kept
    }
  }
}
