/// Functions that make one value of a list (DMN 1.5 §10.3.4.4). Called with a list, or with its items as arguments.
enum AggregateBuiltins {
  static let rows: [Builtin] = [
    extreme("min", .before),
    extreme("max", .after),
    numeric("sum") { $0.isEmpty ? nil : sum($0) },
    numeric("product") { numbers in
      numbers.isEmpty ? nil : numbers.reduce(Optional.some(.one)) { product, number in product.flatMap { $0 * number } }
    },
    numeric("mean", mean),
    numeric("median", median),
    numeric("stddev", standardDeviation),
    Builtin("mode", [.one("list", .list(.loosely(.number)))], .list(.number), variadic: .listOrItems) {
      arguments, invocation in
      guard let numbers = numbers(arguments.list(0), in: &invocation) else { return .null() }
      return .list(mode(numbers).map { .number($0) })
    },
    truth("all", decidedBy: false),
    truth("any", decidedBy: true),
  ]

  private static func aggregate(
    _ name: String, of item: TypePattern, _ result: TypePattern, _ body: @escaping Builtin.Body
  ) -> Builtin {
    Builtin(name, [.one("list", .list(item))], result, variadic: .listOrItems, body)
  }

  /// Null for an empty list, a null item and items that cannot be ordered.
  private static func extreme(_ name: String, _ wanted: Ordering) -> Builtin {
    aggregate(name, of: .ordered, .ordered) { arguments, invocation in
      let items = arguments.list(0)
      guard var best = items.first, invocation.spend(items.count) else { return .null() }
      if best.compare(best) == nil { return best.isNull ? .null() : nil }
      for item in items.dropFirst() {
        guard let order = item.compare(best) else { return item.isNull ? .null() : nil }
        if order == wanted { best = item }
      }
      return best
    }
  }

  private static func numeric(
    _ name: String, _ function: @escaping @Sendable ([Decimal128]) -> Decimal128?
  ) -> Builtin {
    aggregate(name, of: .loosely(.number), .number) { arguments, invocation in
      guard let numbers = numbers(arguments.list(0), in: &invocation) else { return .null() }
      return function(numbers).map { .number($0) } ?? .null()
    }
  }

  /// nil when an item is no number: with a warning, unless it is null.
  private static func numbers(_ items: [Value], in invocation: inout Invocation) -> [Decimal128]? {
    guard invocation.spend(items.count) else { return nil }
    var numbers: [Decimal128] = []
    numbers.reserveCapacity(items.count)
    for item in items {
      guard case .number(let number) = item else {
        if !item.isNull { invocation.warn("feel.builtin.item", ["expected": "number", "given": item.typeName]) }
        return nil
      }
      numbers.append(number)
    }
    return numbers
  }

  @Sendable private static func sum(_ numbers: [Decimal128]) -> Decimal128? {
    var total = Decimal128.zero
    for number in numbers {
      guard let next = total + number else { return nil }
      total = next
    }
    return total
  }

  @Sendable private static func mean(_ numbers: [Decimal128]) -> Decimal128? {
    sum(numbers)?.divided(by: Decimal128(numbers.count))
  }

  @Sendable private static func median(_ numbers: [Decimal128]) -> Decimal128? {
    guard !numbers.isEmpty else { return nil }
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : mean([sorted[middle - 1], sorted[middle]])
  }

  /// Of a sample: divided by one less than the count. nil for fewer than two numbers.
  @Sendable private static func standardDeviation(_ numbers: [Decimal128]) -> Decimal128? {
    guard numbers.count > 1, let mean = mean(numbers) else { return nil }
    var squares: [Decimal128] = []
    for number in numbers {
      guard let distance = number - mean, let square = distance * distance else { return nil }
      squares.append(square)
    }
    return sum(squares)?.divided(by: Decimal128(numbers.count - 1))?.squareRoot
  }

  /// The most frequent numbers, ascending.
  private static func mode(_ numbers: [Decimal128]) -> [Decimal128] {
    let counts = Dictionary(numbers.map { ($0, 1) }, uniquingKeysWith: +)
    let most = counts.values.max() ?? 0
    return counts.filter { $0.value == most }.keys.sorted()
  }

  /// Kleene's conjunction or disjunction; null as soon as an item is neither true nor false and none decides.
  private static func truth(_ name: String, decidedBy decisive: Bool) -> Builtin {
    aggregate(name, of: .loosely(.boolean), .boolean) { arguments, invocation in
      guard invocation.spend(arguments.list(0).count) else { return .null() }
      var isKnown = true
      for item in arguments.list(0) {
        switch item {
        case .boolean(decisive): return .boolean(decisive)
        case .boolean: continue
        default: isKnown = false
        }
      }
      return isKnown ? .boolean(!decisive) : .null()
    }
  }
}
