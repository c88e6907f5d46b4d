import Diagnostics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file under another name beside the one it is to have. It appears whole or not at all.
struct DraftFile: ~Copyable {
  let path: String
  let name: String

  /// Makes the file, still empty.
  /// - Throws: `store.file.unwritable`.
  init(path: String) throws(Diagnostic) {
    let name = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).part"
    let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Diagnostic("store.file.unwritable", at: SourcePlace(file: path)) }
    close(descriptor)
    self.path = path
    self.name = name
  }

  // Gone already when it has its name.
  deinit { unlink(name) }

  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes what was written durable and gives it its name.
  func publish() throws(Diagnostic) {
    guard DraftFile.synchronize(name), rename(name, path) == 0 else { throw unwritable }
    _ = DraftFile.synchronize(folder)
  }

  var unwritable: Diagnostic { Diagnostic("store.file.unwritable", at: SourcePlace(file: path)) }

  private static func synchronize(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }
}
