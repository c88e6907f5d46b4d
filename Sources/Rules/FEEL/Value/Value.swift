/// A FEEL value (DMN 1.5 §10.3.2). Equality of Swift values is structural; FEEL's own `=` is ``Value/isEqual(to:)``.
public enum Value: Sendable {
  /// Null. An absence says which input was not given; the standard's semantics never look at it (``Absence``).
  case null(Absence? = nil)
  case boolean(Bool)
  case number(Decimal128)
  case string(String)
  case date(CalendarDate)
  case time(TimeOfDay)
  indirect case dateTime(DateTime)
  /// days and time duration
  case daysDuration(DaysDuration)
  /// years and months duration
  case monthsDuration(MonthsDuration)
  case list([Value])
  case context(Context)
  indirect case range(RangeValue)
  indirect case function(FunctionValue)
}

/// The identity of an input that was not given, chosen by the host (an index into its own table).
///
/// FEEL treats the null as any other null. Beside the value, evaluation collects the absences that the result depends
/// on: one read by a path, an operator, a branch, a filter, a rule match or an aggregate; except where the other
/// operands decide (`false and x`), and in an explicit `= null` or `!= null` test.
public struct Absence: Hashable, Sendable, Comparable {
  public let id: Int
  public init(_ id: Int) { self.id = id }
  public static func < (lhs: Absence, rhs: Absence) -> Bool { lhs.id < rhs.id }
}
