#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Wakes a thread that waits for a descriptor. Once rung, it rings forever.
final class Bell: Sendable {
  private let near, far: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (near, far) = (ends[0], ends[1])
  }

  deinit {
    close(near)
    close(far)
  }

  func ring() {
    var byte: UInt8 = 1
    _ = write(far, &byte, 1)
  }

  var isRung: Bool { rings(orReadable: -1, within: 0) }

  /// Waits for the bell, or until the other descriptor can be read.
  /// - Parameters:
  ///   - other: -1 for none.
  ///   - milliseconds: -1 for ever.
  /// - Returns: whether the bell was rung; also when there was no descriptor left for a bell.
  @discardableResult
  func rings(orReadable other: Int32, within milliseconds: Int32) -> Bool {
    var wanted = [near, other].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    return near < 0 || poll(&wanted, 2, milliseconds) > 0 && wanted[0].revents != 0
  }
}
