import FEEL

/// One input of a table, cut into pieces on each of which every cell of its column gives the same answer. A piece is
/// known by one value of it: what a cell says of the piece is what it says of that value.
struct Axis: Sendable {
  struct Piece: Sendable {
    var value: Value
    /// Stands for all texts that no cell names.
    var isOther = false
    /// False for a none where nothing shows that one comes: no gap then, but a rule for it is not useless either.
    var isExpected = true
  }

  private(set) var pieces: [Piece]

  /// - Parameters:
  ///   - constants: every value that a cell of the column compares the input with.
  ///   - namesNull: whether a cell asks for null: then the author expects it.
  init(_ domain: Domain, constants: [Value], namesNull: Bool) {
    pieces = Self.pieces(of: Self.sharpened(domain, constants), constants)
    pieces.append(Piece(value: .null(), isExpected: domain.isNullable || namesNull))
  }

  /// Keeps the pieces the table allows its input; null is left to the rules.
  mutating func keep(where isAllowed: (Value) -> Bool) {
    pieces.removeAll { !$0.value.isNull && !isAllowed($0.value) }
  }

  /// Where nothing is known of the input, it is what the cells take it for.
  private static func sharpened(_ domain: Domain, _ constants: [Value]) -> Domain {
    guard case .open = domain.kind, let first = constants.first else { return domain }
    return Domain(like: first)
  }

  private static func pieces(of domain: Domain, _ constants: [Value]) -> [Piece] {
    switch domain.kind {
    case .ordered(let sample): ordered(domain, constants.filter { $0.compare(sample) != nil }, sample)
    case .truth: [true, false].map { Piece(value: .boolean($0)) }
    case .words(let closed?): closed.map { Piece(value: .string($0)) }
    case .words(nil): words(constants)
    case .open: [Piece(value: .string(otherText), isOther: true)]
    }
  }

  /// A text that no author writes.
  static let otherText = "\u{10FFFD}"

  private static func words(_ constants: [Value]) -> [Piece] {
    var seen: Set<String> = []
    let named = constants.compactMap { constant -> Piece? in
      guard case .string(let text) = constant, seen.insert(text).inserted else { return nil }
      return Piece(value: constant)
    }
    return named + [Piece(value: .string(otherText), isOther: true)]
  }

  // MARK: ordered values

  private static func ordered(_ domain: Domain, _ constants: [Value], _ sample: Value) -> [Piece] {
    var edges: [Value] = []
    for edge in (constants + [domain.floor, domain.ceiling].compactMap { $0 })
      .sorted(by: { $0.compare($1) == .before })
    where edges.last.map({ $0.compare(edge) != .same }) ?? true {
      if let floor = domain.floor, edge.compare(floor) == .before { continue }
      if let ceiling = domain.ceiling, edge.compare(ceiling) == .after { continue }
      edges.append(edge)
    }
    guard let first = edges.first, let last = edges.last else { return [Piece(value: sample)] }
    var pieces: [Piece] = []
    if domain.floor == nil { pieces += [before(first, domain)].compactMap { $0 }.map { Piece(value: $0) } }
    for (index, edge) in edges.enumerated() {
      if domain.isReached(edge) { pieces.append(Piece(value: edge)) }
      if index + 1 < edges.count, let inner = between(edge, edges[index + 1], domain) {
        pieces.append(Piece(value: inner))
      }
    }
    if domain.ceiling == nil { pieces += [after(last, domain)].compactMap { $0 }.map { Piece(value: $0) } }
    return pieces
  }

  private static func before(_ edge: Value, _ domain: Domain) -> Value? {
    if case .number(let number) = edge, case .number(let step)? = domain.step {
      return number.multiple(of: step, .ceiling).flatMap { $0 - step }.map(Value.number)
    }
    return domain.stride.flatMap { Value.subtract(edge, $0) }
  }

  /// The next value after an edge: a step on where there are steps, else a stride.
  private static func after(_ edge: Value, _ domain: Domain) -> Value? {
    if case .number(let number) = edge, case .number(let step)? = domain.step {
      return number.multiple(of: step, .floor).flatMap { $0 + step }.map(Value.number)
    }
    return domain.stride.flatMap { Value.add(edge, $0) }
  }

  /// A value between two edges: near the lower one when that is possible. nil when none lies between.
  private static func between(_ low: Value, _ high: Value, _ domain: Domain) -> Value? {
    guard let next = after(low, domain) else { return nil }
    if next.compare(high) == .before { return next }
    guard domain.step == nil, case .number(let a) = low, case .number(let b) = high else { return nil }
    return (a + b)?.divided(by: 2).map(Value.number)
  }
}

extension Domain {
  /// Whether a number lies on a step.
  fileprivate func isReached(_ edge: Value) -> Bool {
    guard case .number(let number) = edge, case .number(let step)? = step else { return true }
    return number.multiple(of: step, .floor) == number
  }
}

extension Decimal128 {
  /// The next multiple of `step` in a direction; the number itself when it is one.
  fileprivate func multiple(of step: Decimal128, _ rounding: Rounding) -> Decimal128? {
    divided(by: step)?.rounded(toScale: 0, rounding).flatMap { $0 * step }
  }
}
