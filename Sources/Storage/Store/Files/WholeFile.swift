import Diagnostics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that appears whole or not at all: written under another name beside its own, made durable, then renamed.
struct WholeFile: ~Copyable {
  private let path: String
  private let draft: String
  private var descriptor: Int32

  /// - Throws: `store.file.unwritable`.
  init(path: String) throws(Diagnostic) {
    self.path = path
    draft = path + ".\(getpid()).part"
    descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Diagnostic("store.file.unwritable", at: SourcePlace(file: path)) }
  }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws(Diagnostic) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, part.baseAddress, min(part.count, 1 << 30))
      #else
        let count = Darwin.write(descriptor, part.baseAddress, min(part.count, 1 << 30))
      #endif
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw unwritable }
      rest = rest.dropFirst(count)
    }
  }

  /// Makes what was written durable and gives it its name.
  mutating func close() throws(Diagnostic) {
    guard fsync(descriptor) == 0, rename(draft, path) == 0 else { throw unwritable }
    let folder = open(path.parentPath, O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      _ = fsync(folder)
      #if canImport(Glibc)
        _ = Glibc.close(folder)
      #else
        _ = Darwin.close(folder)
      #endif
    }
  }

  deinit {
    // Gone already when it has its name.
    unlink(draft)
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  private var unwritable: Diagnostic { Diagnostic("store.file.unwritable", at: SourcePlace(file: path)) }
}
