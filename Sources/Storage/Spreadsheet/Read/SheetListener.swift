import Diagnostics

/// Hears a sheet.
final class SheetListener: PartListener {
  var sheet: SheetBuilder

  init(_ sheet: SheetBuilder) { self.sheet = sheet }

  func begin(_ element: PartElement) throws(Diagnostic) -> Bool { try sheet.begin(element) }
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) { try sheet.text(bytes) }
  func end() throws(Diagnostic) { try sheet.end() }
}
