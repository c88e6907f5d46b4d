/// Sorts values into groups of equal ones (FEEL's `=`), numbered in the order of their first members.
struct ValueGroups {
  private enum Key: Hashable {
    case null
    case boolean(Bool)
    case number(Decimal128)
    case text([UInt8])
    case date(CalendarDate)
    case days(DaysDuration)
    case months(MonthsDuration)

    init?(_ value: Value) {
      switch value {
      case .null: self = .null
      case .boolean(let value): self = .boolean(value)
      case .number(let value): self = .number(value)
      case .string(let value): self = .text(Array(value.utf8))
      case .date(let value): self = .date(value)
      case .daysDuration(let value): self = .days(value)
      case .monthsDuration(let value): self = .months(value)
      default: return nil
      }
    }
  }

  private var keyed: [Key: Int] = [:]
  private var others: [(value: Value, group: Int)] = []
  private var count = 0

  /// The group of a value, and whether the value is its first member.
  mutating func group(of value: Value) -> (group: Int, isNew: Bool) {
    if let key = Key(value) {
      if let group = keyed[key] { return (group, false) }
      keyed[key] = count
    } else {
      if let found = others.first(where: { $0.value.isEqual(to: value) ?? false }) { return (found.group, false) }
      others.append((value, count))
    }
    defer { count += 1 }
    return (count, true)
  }

  /// True for values whose group is found without comparing them one by one.
  static func findsAtOnce(_ value: Value) -> Bool { Key(value) != nil }
}
