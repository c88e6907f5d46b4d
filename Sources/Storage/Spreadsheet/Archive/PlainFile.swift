import Diagnostics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A regular file, read piece by piece.
struct PlainFile: ~Copyable {
  let path: String
  let size: Int
  private let descriptor: Int32

  /// - Throws: `store.file.missing`, `store.file.kind`, `store.file.unreadable`.
  init(path: String) throws(Diagnostic) {
    let place = SourcePlace(file: path)
    // Without O_NONBLOCK a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw Diagnostic(errno == ENOENT ? "store.file.missing" : "store.file.unreadable", at: place)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw Diagnostic("store.file.kind", at: place)
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Fills the buffer from `offset` on.
  /// - Returns: how many bytes there were; fewer than the buffer holds only at the end of the file.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(Diagnostic) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Diagnostic("store.file.unreadable", at: SourcePlace(file: path)) }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// At most `count` bytes from `offset` on; fewer at the end.
  func bytes(at offset: Int, count: Int) throws(Diagnostic) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(0, min(count, size - offset)))
    let filled = try bytes.withUnsafeMutableBufferPointer { buffer throws(Diagnostic) in
      try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
    }
    bytes.removeSubrange(filled...)
    return bytes
  }
}
