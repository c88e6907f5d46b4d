internal import CPostgres
import Dispatch
import Foundation

/// Listens on a thread and a connection of its own until it is stopped, whatever becomes of the server.
///
/// What is announced while the server cannot be reached is lost; `*` stands for it when the server is there again.
final class PostgreSQLListener: Sendable {
  private static let pauseMilliseconds: Int32 = 1000

  private let address: PostgreSQLAddress
  private let patience: Duration
  private let hear: @Sendable (String) -> Void
  private let end: @Sendable () -> Void
  private let bell = Bell()

  /// - Parameters:
  ///   - hear: gets each name.
  ///   - end: called when nothing more will come.
  init(
    to address: PostgreSQLAddress, patience: Duration, hear: @escaping @Sendable (String) -> Void,
    end: @escaping @Sendable () -> Void
  ) {
    self.address = address
    self.patience = patience
    self.hear = hear
    self.end = end
  }

  /// Waits until the server listens, though not for long.
  func start() {
    let isTried = DispatchSemaphore(value: 0)
    let thread = Thread { [self] in
      run { isTried.signal() }
    }
    thread.name = "announcements"
    thread.start()
    _ = isTried.wait(timeout: .now() + .seconds(1))
  }

  func stop() {
    bell.ring()
    end()
  }

  private func run(tried: () -> Void) {
    var wasThere = false
    while !bell.isRung {
      let link = listen()
      tried()
      if let link {
        if wasThere { hear("*") }
        wasThere = true
        hearAll(from: link)
      }
      bell.rings(orReadable: -1, within: Self.pauseMilliseconds)
    }
    end()
  }

  private func listen() -> PostgreSQLLink? {
    guard let link = try? PostgreSQLLink(to: address, within: patience) else { return nil }
    let answer = try? link.run("LISTEN \(PostgreSQLDatabase.channel)")
    return answer == nil ? nil : link
  }

  /// Returns when the connection is lost, or the bell rung.
  private func hearAll(from link: PostgreSQLLink) {
    repeat {
      while let notice = PQnotifies(link.pointer) {
        hear(notice.pointee.extra.map { String(cString: $0) } ?? "")
        PQfreemem(notice)
      }
      if bell.rings(orReadable: PQsocket(link.pointer), within: -1) { return }
    } while PQconsumeInput(link.pointer) == 1
  }
}
