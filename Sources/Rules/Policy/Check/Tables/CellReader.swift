import FEEL

/// Finds the values that a cell compares its input with, so that between them its answer cannot change.
struct CellReader {
  /// Why a cell cannot be analysed.
  enum Obstacle: Error, Hashable {
    /// It depends on something whose value is known at evaluation only.
    case name(String)
    /// It asks something of its input that is no comparison.
    case form
  }

  struct Constants {
    var values: [Value] = []
    /// Whether it asks for null.
    var namesNull = false
  }

  let scope: any Scope
  /// Why a name of the host has no fixed value; nil when it has one.
  let obstacle: (String) -> Obstacle?

  func constants(of tests: UnaryTests) throws(Obstacle) -> Constants {
    var constants = Constants()
    for test in tests.tests { try read(test: test, of: tests, into: &constants) }
    return constants
  }

  private func read(test: Node, of tests: UnaryTests, into found: inout Constants) throws(Obstacle) {
    switch test.kind {
    case .test(let comparison, let end):
      try add(end, of: tests, isOrdered: comparison != .equal && comparison != .notEqual, into: &found)
    case .interval(let interval):
      for end in [interval.start, interval.end] { try add(end, of: tests, isOrdered: true, into: &found) }
    case .negatedTests(let inner):
      for test in inner { try read(test: test, of: tests, into: &found) }
    case _ where test.mentionsInput: try read(condition: test, of: tests, into: &found)
    default: try add(test, of: tests, isOrdered: false, into: &found)
    }
  }

  /// A condition in which `?` is only compared: `? > 5 and not(? = 7)`.
  private func read(condition: Node, of tests: UnaryTests, into found: inout Constants) throws(Obstacle) {
    switch condition.kind {
    case .name: return
    case _ where !condition.mentionsInput: _ = try value(of: condition, of: tests)
    case .conjunction(let parts), .disjunction(let parts):
      for part in parts { try read(condition: part, of: tests, into: &found) }
    case .comparison(let comparison, let left, let right):
      guard left.isInput != right.isInput else { throw Obstacle.form }
      try add(
        left.isInput ? right : left, of: tests, isOrdered: comparison != .equal && comparison != .notEqual,
        into: &found)
    case .between(let operand, let from, let to) where operand.isInput:
      for end in [from, to] { try add(end, of: tests, isOrdered: true, into: &found) }
    case .membership(let operand, let inner) where operand.isInput:
      for test in inner { try read(test: test, of: tests, into: &found) }
    case .call(let call) where call.isNegation: try read(condition: call.arguments[0], of: tests, into: &found)
    default: throw Obstacle.form
    }
  }

  private func add(
    _ node: Node, of tests: UnaryTests, isOrdered: Bool, into found: inout Constants
  ) throws(Obstacle) {
    guard !node.mentionsInput else { throw Obstacle.form }
    try add(try value(of: node, of: tests), isOrdered: isOrdered, depth: 0, into: &found)
  }

  private func add(_ value: Value, isOrdered: Bool, depth: Int, into found: inout Constants) throws(Obstacle) {
    switch value {
    case .null: found.namesNull = true
    case .string where isOrdered: throw Obstacle.form
    case .boolean, .number, .string, .date, .time, .dateTime, .daysDuration, .monthsDuration:
      found.values.append(value)
    case .list(let items) where depth < 2 && items.count <= 1000:
      for item in items { try add(item, isOrdered: false, depth: depth + 1, into: &found) }
    case .range(let range):
      for end in [range.start, range.end] {
        if let end { try add(end, isOrdered: true, depth: depth + 1, into: &found) }
      }
    default: throw Obstacle.form
    }
  }

  private func value(of node: Node, of tests: UnaryTests) throws(Obstacle) -> Value {
    if node.readsLocals { throw Obstacle.form }
    if let obstacle = firstObstacle(in: node) { throw obstacle }
    let binding = tests.value(of: node, in: scope)
    if binding.value.isNull, !node.isNullLiteral { throw Obstacle.form }
    return binding.value
  }

  /// Whatever in the node is not the same at each evaluation.
  func firstObstacle(in node: Node) -> Obstacle? {
    if case .name(let name) = node.kind, name.slot == nil {
      guard let builtin = name.builtin else { return obstacle(name.text) }
      return Self.clocks.contains(builtin.name) ? .name(name.text) : nil
    }
    for child in node.children {
      if let found = firstObstacle(in: child) { return found }
    }
    return nil
  }

  /// The built-in functions that give another value each time.
  private static let clocks: Set<String> = ["now", "today"]
}

extension Node {
  fileprivate var isInput: Bool {
    if case .name(let name) = kind { name.text == "?" } else { false }
  }

  fileprivate var isNullLiteral: Bool {
    if case .literal(.null) = kind { true } else { false }
  }
}

extension Call {
  fileprivate var isNegation: Bool {
    guard arguments.count == 1, case .name(let name) = callee.kind else { return false }
    return name.builtin?.name == "not"
  }
}
