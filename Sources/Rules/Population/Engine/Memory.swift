/// A block of memory that lives as long as something holds it, and is not changed once it is shared.
final class Memory<Element: BitwiseCopyable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating value: Element, count: Int) {
    base = .allocate(capacity: max(count, 1))
    base.initialize(repeating: value, count: max(count, 1))
    self.count = count
  }

  convenience init(_ values: [Element], zero: Element) {
    self.init(repeating: zero, count: values.count)
    values.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { base.update(from: start, count: values.count) }
    }
  }

  deinit { base.deallocate() }
}
