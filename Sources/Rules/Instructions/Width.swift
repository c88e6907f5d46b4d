/// How many bytes a whole number with sign takes while it is worked on.
package enum Width: Int, BitwiseCopyable, Comparable, Sendable {
  case one = 1
  case two = 2
  case four = 4
  case eight = 8
  case sixteen = 16

  package static func < (a: Width, b: Width) -> Bool { a.rawValue < b.rawValue }

  /// The narrowest that holds all numbers of a range.
  package init(holding bounds: ClosedRange<Int128>) {
    func fits<T: FixedWidthInteger>(_ type: T.Type) -> Bool {
      T(exactly: bounds.lowerBound) != nil && T(exactly: bounds.upperBound) != nil
    }
    self =
      fits(Int8.self) ? .one : fits(Int16.self) ? .two : fits(Int32.self) ? .four : fits(Int64.self) ? .eight : .sixteen
  }
}
