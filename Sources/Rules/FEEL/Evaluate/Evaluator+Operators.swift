/// Arithmetic, comparison and logic (DMN 1.5 §10.3.2.15).
extension Invocation {
  mutating func negate(_ operand: Node, at node: Node) -> Value {
    let value = evaluate(operand)
    if case .number(let number) = value { return .number(-number) }
    return Value.negate(value) ?? mismatch("-", value, nil, at: node)
  }

  mutating func arithmetic(_ operation: ArithmeticOperator, _ left: Node, _ right: Node, at node: Node) -> Value {
    let a = evaluate(left)
    let b = evaluate(right)
    if case (.number(let a), .number(let b)) = (a, b), let result = operation.applied(a, b) { return .number(result) }
    if let result = a.applying(operation, b) {
      if case .string(let text) = result, !spend(text.utf8.count / 4) { return .null() }
      return result
    }
    if operation == .divide, b.isZero, a.divides(by: b) {
      warn("feel.evaluate.divisionByZero", at: node)
      return .null()
    }
    if case (.number, .number) = (a, b) {
      warn("feel.evaluate.outOfRange", ["operator": operation.rawValue], at: node)
      return .null()
    }
    return mismatch(operation.rawValue, a, b, at: node)
  }

  mutating func compare(_ comparison: ComparisonOperator, _ left: Node, _ right: Node, at node: Node) -> Value {
    if left.isNull || right.isNull, comparison == .equal || comparison == .notEqual {
      return compareWithNull(comparison, left.isNull ? right : left)
    }
    let a = evaluate(left)
    let b = evaluate(right)
    guard let result = holds(comparison, a, b) else {
      return mismatch(comparison.rawValue, a, b, at: node)
    }
    return .boolean(result)
  }

  /// `x = null` asks whether the input is given, and so does not depend on its value.
  private mutating func compareWithNull(_ comparison: ComparisonOperator, _ operand: Node) -> Value {
    let isNull = apart { $0.evaluate(operand) }.value.isNull
    return .boolean(isNull == (comparison == .equal))
  }

  /// nil when the two cannot be compared. Absences inside lists are noted.
  mutating func holds(_ comparison: ComparisonOperator, _ a: Value, _ b: Value) -> Bool? {
    switch comparison {
    case .equal, .notEqual:
      if case .list = a { noteElements(of: a) }
      if case .list = b { noteElements(of: b) }
      return a.isEqual(to: b).map { $0 == (comparison == .equal) }
    default:
      return a.compare(b).map { comparison.accepts($0) }
    }
  }

  /// Null, with a warning unless an operand is null already: then its own cause was told.
  func isSilent(_ a: Value, _ b: Value?) -> Bool { a.isNull || b?.isNull == true }

  mutating func mismatch(_ operation: String, _ a: Value, _ b: Value?, at node: Node) -> Value {
    if isSilent(a, b) { return .null() }
    if let b {
      warn("feel.evaluate.types", ["operator": operation, "left": a.typeName, "right": b.typeName], at: node)
    } else {
      warn("feel.evaluate.type", ["operator": operation, "given": a.typeName], at: node)
    }
    return .null()
  }

  /// Three-valued `and` (decisive: false) and `or` (decisive: true). An operand that decides without absences of its
  /// own makes those of the others irrelevant.
  mutating func logic(_ operands: [Node], decisive: Bool) -> Value {
    var kleene = Kleene(decisive: decisive)
    for operand in operands {
      let result = apart { $0.evaluate(operand) }
      if kleene.add(result.value.truth, result.absences) { break }
    }
    return finish(kleene)
  }

  mutating func finish(_ kleene: Kleene) -> Value {
    if !kleene.absences.isEmpty { absences.formUnion(kleene.absences) }
    return Value(truth: kleene.result)
  }

  mutating func between(_ operand: Node, _ from: Node, _ to: Node, at node: Node) -> Value {
    let value = apart { $0.evaluate(operand) }
    let start = apart { $0.evaluate(from) }
    let end = apart { $0.evaluate(to) }
    var kleene = Kleene(decisive: false)
    let isAfter = value.value.compare(start.value).map { $0 != .before }
    let isBefore = value.value.compare(end.value).map { $0 != .after }
    if !kleene.add(isAfter, value.absences.union(start.absences)) {
      _ = kleene.add(isBefore, value.absences.union(end.absences))
    }
    let result = finish(kleene)
    guard result.isNull else { return result }
    return mismatch("between", value.value, isAfter == nil ? start.value : end.value, at: node)
  }
}

/// A running `and` or `or` over operands that may be unknown and may depend on absences.
struct Kleene {
  let decisive: Bool
  private(set) var absences: Set<Absence> = []
  private var isDecided = false
  private var isNull = false

  init(decisive: Bool) { self.decisive = decisive }

  var result: Bool? { isDecided ? decisive : isNull ? nil : !decisive }

  /// - Returns: true when the operand settles the matter, and no further one is needed.
  mutating func add(_ operand: Bool?, _ operandAbsences: Set<Absence>) -> Bool {
    if operand == decisive {
      isDecided = true
      if operandAbsences.isEmpty {
        absences = []
        return true
      }
    } else if operand == nil {
      isNull = true
    }
    if !operandAbsences.isEmpty { absences.formUnion(operandAbsences) }
    return false
  }
}

extension Node {
  /// The literal `null`.
  var isNull: Bool {
    if case .literal(.null) = kind { true } else { false }
  }
}

extension ArithmeticOperator {
  @inline(__always)
  fileprivate func applied(_ a: Decimal128, _ b: Decimal128) -> Decimal128? {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a.divided(by: b)
    case .power: a.power(b)
    }
  }
}

extension ComparisonOperator {
  func accepts(_ order: Ordering) -> Bool {
    switch self {
    case .equal: order == .same
    case .notEqual: order != .same
    case .less: order == .before
    case .lessOrEqual: order != .after
    case .greater: order == .after
    case .greaterOrEqual: order != .before
    }
  }
}

extension Value {
  fileprivate func applying(_ operation: ArithmeticOperator, _ other: Value) -> Value? {
    switch operation {
    case .add: Value.add(self, other)
    case .subtract: Value.subtract(self, other)
    case .multiply: Value.multiply(self, other)
    case .divide: Value.divide(self, other)
    case .power: Value.power(self, other)
    }
  }

  fileprivate var isZero: Bool {
    switch self {
    case .number(let number): number == .zero
    case .daysDuration(let duration): duration.nanosecondCount == 0
    case .monthsDuration(let duration): duration.months == 0
    default: false
    }
  }

  fileprivate func divides(by other: Value) -> Bool {
    switch (self, other) {
    case (.number, .number), (.daysDuration, .number), (.monthsDuration, .number): true
    case (.daysDuration, .daysDuration), (.monthsDuration, .monthsDuration): true
    default: false
    }
  }
}
