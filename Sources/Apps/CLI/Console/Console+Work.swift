import Dispatch
import Foundation
import Population
import Synchronization

extension Console {
  /// Carries out long work beside this, tells how far it is, and ends it when Ctrl-C is pressed; pressed again, it ends the program.
  /// - Throws: what the work throws: `CancellationError` when it was ended.
  func watch<R: Sendable>(
    _ progress: WorkProgress, _ work: @escaping @Sendable () throws -> R
  ) async throws -> R {
    let interruption = endsOnInterrupt ? Interruption { progress.cancel() } : nil
    defer { interruption?.end() }
    let isDone = Flag()
    let task = Task.detached {
      defer { isDone.set() }
      return try work()
    }
    while showsProgress, !isDone.isSet {
      try await Task.sleep(for: .milliseconds(100))
      let figures = ["done": String(progress.done), "total": String(progress.total)]
      if progress.total > 0 { self.progress(text("cli.run.progress", figures)) }
    }
    defer { endProgress() }
    return try await task.value
  }
}

private final class Flag: Sendable {
  private let flag = Atomic(false)
  var isSet: Bool { flag.load(ordering: .acquiring) }
  func set() { flag.store(true, ordering: .releasing) }
}

/// What is done when Ctrl-C is pressed, once, instead of ending the program.
private struct Interruption {
  private let source: any DispatchSourceSignal

  init(_ act: @escaping @Sendable () -> Void) {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler {
      act()
      signal(SIGINT, SIG_DFL)
    }
    source.resume()
  }

  func end() {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}
