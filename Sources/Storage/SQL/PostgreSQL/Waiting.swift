#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Waits for a descriptor.
enum Waiting {
  case toRead, toWrite

  /// - Returns: false when the time is over.
  func isOver(on descriptor: Int32, until deadline: ContinuousClock.Instant) -> Bool {
    let events = self == .toRead ? POLLIN : POLLOUT
    while true {
      let left = (deadline - .now).milliseconds
      if left <= 0 { return false }
      var wanted = pollfd(fd: descriptor, events: Int16(events), revents: 0)
      let count = poll(&wanted, 1, Int32(clamping: left))
      if count > 0 || count < 0 && errno != EINTR { return true }
    }
  }
}
