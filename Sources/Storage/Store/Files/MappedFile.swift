import Diagnostics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file in memory as it lies on the disk, read page by page when it is looked at; unmapped when nothing holds it.
///
/// Files are replaced whole, never changed in place: whoever cuts a file short that is mapped takes its pages away.
final class MappedFile: @unchecked Sendable {
  let path: String
  let bytes: UnsafeRawBufferPointer

  /// - Throws: `store.file.missing`, `store.file.kind`, `store.file.unreadable`; `store.memory` when the address space does not suffice.
  init(path: String) throws(Diagnostic) {
    self.path = path
    let place = SourcePlace(file: path)
    switch FileKind(path: path) {
    case .regular: break
    case .missing: throw Diagnostic("store.file.missing", at: place)
    default: throw Diagnostic("store.file.kind", at: place)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Diagnostic("store.file.unreadable", at: place) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Diagnostic("store.file.unreadable", at: place) }
    let size = Int(status.st_size)
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      if errno == ENOMEM { try AvailableMemory.require(size, for: path, available: AvailableMemory.bytes ?? 0) }
      throw Diagnostic("store.file.unreadable", at: place)
    }
    bytes = UnsafeRawBufferPointer(start: start, count: size)
  }

  /// Lets go of the memory of some bytes: looked at again, they are read again.
  func release(_ range: Range<Int>) {
    guard let start = bytes.baseAddress else { return }
    // Whole pages within the range.
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let first = (range.lowerBound + page - 1) / page * page, last = range.upperBound / page * page
    if first < last { madvise(UnsafeMutableRawPointer(mutating: start + first), last - first, MADV_DONTNEED) }
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }
}
