/// The types that arithmetic takes and gives (DMN 1.5 §10.3.2.13, tables 51 to 53), one row for each pair.
struct OperatorTypes {
  let left, right, result: FEELType

  private init(_ left: FEELType, _ right: FEELType, _ result: FEELType) {
    self.left = left
    self.right = right
    self.result = result
  }

  static func rows(of operation: ArithmeticOperator) -> [OperatorTypes] {
    switch operation {
    case .add: additions
    case .subtract: subtractions
    case .multiply: multiplications
    case .divide: divisions
    case .power: [OperatorTypes(.number, .number, .number)]
    }
  }

  /// The types that `-x` takes, and gives again.
  static let negatable: [FEELType] = [.number, .daysDuration, .monthsDuration]

  private static let same: [OperatorTypes] = negatable.map { OperatorTypes($0, $0, $0) }

  private static let additions: [OperatorTypes] =
    same + [OperatorTypes(.string, .string, .string)]
    + moves.flatMap { [$0, OperatorTypes($0.right, $0.left, $0.result)] }

  private static let subtractions: [OperatorTypes] =
    same + moves + [OperatorTypes(.time, .time, .daysDuration)]
    + [FEELType.date, .dateTime].flatMap { left in
      [FEELType.date, .dateTime].map { OperatorTypes(left, $0, .daysDuration) }
    }

  /// A moment and a duration.
  private static let moves: [OperatorTypes] =
    [FEELType.dateTime, .date, .time].map { OperatorTypes($0, .daysDuration, $0) }
    + [FEELType.dateTime, .date].map { OperatorTypes($0, .monthsDuration, $0) }

  private static let multiplications = [
    OperatorTypes(.number, .number, .number), OperatorTypes(.number, .daysDuration, .daysDuration),
    OperatorTypes(.daysDuration, .number, .daysDuration), OperatorTypes(.number, .monthsDuration, .monthsDuration),
    OperatorTypes(.monthsDuration, .number, .monthsDuration),
  ]

  private static let divisions = [
    OperatorTypes(.number, .number, .number), OperatorTypes(.daysDuration, .number, .daysDuration),
    OperatorTypes(.monthsDuration, .number, .monthsDuration),
    OperatorTypes(.daysDuration, .daysDuration, .number), OperatorTypes(.monthsDuration, .monthsDuration, .number),
  ]
}
