/// What a cell holds.
public struct SheetCell: Hashable, Sendable {
  public var value: Value
  /// Whether a formula stands in the cell. Its value is the one last calculated: empty when nobody ever calculated
  /// it.
  public var isCalculated: Bool

  public enum Value: Hashable, Sendable {
    case empty
    case text(String)
    case number(SheetNumber)
    case date(SheetDate)
    /// A time of day without a day.
    case time(SheetTime)
    case truth(Bool)
    /// `#N/A`, `#REF!` and their like.
    case error(String)
  }

  public init(_ value: Value, isCalculated: Bool = false) {
    self.value = value
    self.isCalculated = isCalculated
  }

  public static let empty = SheetCell(.empty)
}
