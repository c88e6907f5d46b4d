import Foundation
import Synchronization

/// Times each input, and ends the process when one does not end.
final class Watch: Sendable {
  private struct State {
    var since: ContinuousClock.Instant?
    var target = ""
    var input: [UInt8] = []
    var slowest = Duration.zero
    var slowestInput: String?
  }

  private let state = Mutex(State())

  func start() {
    let thread = Thread { [self] in
      while true {
        Thread.sleep(forTimeInterval: 0.5)
        let (since, target, input) = state.withLock { ($0.since, $0.target, $0.input) }
        guard let since, ContinuousClock.now - since > .seconds(20) else { continue }
        say("\(target) does not end: \(String(decoding: input, as: UTF8.self))")
        exit(1)
      }
    }
    thread.start()
  }

  func begin(_ target: String, _ input: [UInt8]) {
    state.withLock {
      $0.since = .now
      $0.target = target
      $0.input = input
    }
  }

  func end() {
    state.withLock {
      guard let since = $0.since else { return }
      let time = ContinuousClock.now - since
      $0.since = nil
      guard time > $0.slowest else { return }
      $0.slowest = time
      $0.slowestInput = "\($0.target): \(String(decoding: $0.input, as: UTF8.self))"
    }
  }

  var slowestMilliseconds: Int {
    state.withLock {
      Int($0.slowest.components.seconds * 1000 + $0.slowest.components.attoseconds / 1_000_000_000_000_000)
    }
  }

  var slowestInput: String? { state.withLock { $0.slowestInput } }

  /// The most memory this process has held.
  static var peakMiB: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
  }
}
