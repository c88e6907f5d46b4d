import Foundation

/// A port of the loopback address that somebody listens at while `body` runs.
///
/// The port is free again afterwards, and never before: a server that should be refused would serve for ever.
public func withTakenPort<Result>(_ body: (UInt16) async throws -> Result) async throws -> Result {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isListening = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
      bind(descriptor, address, length) == 0 && listen(descriptor, 1) == 0
        && getsockname(descriptor, address, &length) == 0
    }
  }
  guard isListening else { throw NoSocket() }
  return try await body(UInt16(bigEndian: address.sin_port))
}

private struct NoSocket: Error {}
