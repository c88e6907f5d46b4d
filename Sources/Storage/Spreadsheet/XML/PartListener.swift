import Diagnostics

/// Whoever hears what stands in a part, in the order in which it stands there.
protocol PartListener: AnyObject {
  /// An element begins.
  /// - Returns: whether what is inside is of interest. If not, neither it nor the end of the element is told of.
  func begin(_ element: PartElement) throws(Diagnostic) -> Bool
  /// Text directly inside the last element that began, in pieces of any length.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic)
  func end() throws(Diagnostic)
}

extension PartListener {
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {}
}
