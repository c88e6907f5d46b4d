import FEEL

/// What an input of a table can be, as far as the pack tells.
struct Domain: Sendable {
  enum Kind: Sendable {
    /// Numbers, dates, durations: whatever has an order. The value is one of them.
    case ordered(Value)
    /// Texts; nil when any text may come.
    case words([String]?)
    case truth
    /// Nothing is known but what the cells compare it with.
    case open
  }

  var kind: Kind
  /// The smallest difference there is: between two neighbours no value lies. nil where values lie dense.
  var step: Value?
  /// No value lies below it.
  var floor: Value?
  /// No value lies above it.
  var ceiling: Value?
  /// How far beside an edge an example is chosen.
  var stride: Value?
  /// The pack shows that a known none comes. Unknown facts do not count: they make an outcome undetermined by themselves.
  var isNullable = false

  static let open = Domain(kind: .open)
  static let truth = Domain(kind: .truth)

  static func words(_ words: [String]?, isNullable: Bool = false) -> Domain {
    Domain(kind: .words(words), isNullable: isNullable)
  }

  static func numbers(
    step: Decimal128? = nil, floor: Decimal128? = nil, ceiling: Decimal128? = nil, stride: Decimal128 = .one
  ) -> Domain {
    Domain(
      kind: .ordered(.number(.zero)), step: step.map(Value.number), floor: floor.map(Value.number),
      ceiling: ceiling.map(Value.number), stride: .number(step ?? stride))
  }

  /// The domain of the kind of value that `value` is.
  init(like value: Value) {
    switch value {
    case .boolean: self = .truth
    case .string: self = .words(nil)
    case .number: self = .numbers()
    case .date: self = Domain(counting: value, by: .daysDuration(DaysDuration(seconds: 86_400)))
    case .time, .dateTime, .daysDuration:
      self = Domain(counting: value, by: .daysDuration(DaysDuration(seconds: 1)))
    case .monthsDuration: self = Domain(counting: value, by: .monthsDuration(MonthsDuration(months: 1)))
    default: self = .open
    }
  }

  private init(counting value: Value, by step: Value) {
    self.init(kind: .ordered(value), step: step, stride: step)
  }

  private init(
    kind: Kind, step: Value? = nil, floor: Value? = nil, ceiling: Value? = nil, stride: Value? = nil,
    isNullable: Bool = false
  ) {
    self.kind = kind
    self.step = step
    self.floor = floor
    self.ceiling = ceiling
    self.stride = stride
    self.isNullable = isNullable
  }
}
