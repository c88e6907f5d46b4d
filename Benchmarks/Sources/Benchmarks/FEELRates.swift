import Diagnostics
import FEEL

/// What packs are made of: comparisons, branches, arithmetic, filters, loops.
enum FEELRates {
  private static let sources = [
    "if 授信 <= 10000000 then 0.20 else 0.10",
    "round half up(利息 * 比例, 2)",
    "授信 > 5000000 and 授信 <= 10000000 or 比例 in (0.1, 0.2)",
    "sum(for 笔 in 笔数 return if 笔 > 3 then 笔 * 利息 else 0)",
    "count(笔数[item > 2]) >= 3 and every 笔 in 笔数 satisfies 笔 < 100",
  ]

  private static let values: [String: Value] = [
    "授信": .number(8_000_000), "利息": .number(348_000), "比例": .number(Decimal128("0.2") ?? .zero),
    "笔数": .list((1...6).map { .number(Decimal128($0)) }),
  ]

  private static func parse() throws(Diagnostic) -> [Expression] {
    let names = KnownNames(Array(values.keys) + ["笔"])
    var expressions: [Expression] = []
    for source in sources {
      expressions.append(try Expression(parsing: source, names: names, at: SourcePlace(file: "benchmark")))
    }
    return expressions
  }

  static func parsing() throws -> Line {
    let nanoseconds = try nanosecondsPerRound { _ = try parse() }
    var sum: UInt32 = 0
    let baseline = nanosecondsPerRound {
      for source in sources { for scalar in source.unicodeScalars { sum &+= scalar.value } }
    }
    precondition(sum > 0)
    return Line(
      what: "FEEL parse", unit: "expressions", count: Double(sources.count), nanoseconds: nanoseconds,
      baseline: "walking over the same characters once", baselineNanoseconds: baseline)
  }

  static func typing() throws -> Line {
    let expressions = try parse()
    let scope: TypeBindings = ["授信": .number, "利息": .number, "比例": .number, "笔数": .list(.number)]
    var mistakes = 0
    let nanoseconds = nanosecondsPerRound {
      mistakes = expressions.reduce(0) { $0 + $1.typing(in: scope).diagnostics.count }
    }
    precondition(mistakes == 0)
    let baseline = try nanosecondsPerRound { _ = try parse() }
    return Line(
      what: "FEEL typing", unit: "expressions", count: Double(expressions.count), nanoseconds: nanoseconds,
      baseline: "parsing the same", baselineNanoseconds: baseline)
  }

  static func evaluation() throws -> Line {
    let expressions = try parse(), scope = Bindings(values)
    var results: [Value] = []
    let nanoseconds = nanosecondsPerRound { results = expressions.map { $0.evaluate(in: scope).value } }
    var plain = Decimal128.zero
    let baseline = nanosecondsPerRound { plain = PlainArithmetic.round() }
    guard case .number(let loop) = results[3], loop == plain else {
      fatalError("FEEL and Swift disagree: \(results[3])")
    }
    return Line(
      what: "FEEL evaluation", unit: "expressions", count: Double(expressions.count), nanoseconds: nanoseconds,
      baseline: "the same five computations as plain Swift on the same decimal128", baselineNanoseconds: baseline)
  }
}

/// The expressions above, written in Swift.
private enum PlainArithmetic {
  nonisolated(unsafe) static var credit = Decimal128(8_000_000)
  nonisolated(unsafe) static var interest = Decimal128(348_000)
  nonisolated(unsafe) static var rate = Decimal128("0.2") ?? .zero
  nonisolated(unsafe) static var payments = (1...6).map { Decimal128($0) }
  nonisolated(unsafe) static var flags = 0

  @inline(never)
  static func round() -> Decimal128 {
    let tier = credit <= 10_000_000 ? Decimal128("0.2") : Decimal128("0.1")
    let amount = (interest * rate)?.rounded(toScale: 2, .halfUp)
    let isMiddle = credit > 5_000_000 && credit <= 10_000_000 || rate == Decimal128("0.1") || rate == Decimal128("0.2")
    var sum = Decimal128.zero
    for payment in payments where payment > 3 { sum = (payment * interest).flatMap { sum + $0 } ?? sum }
    let isMany = payments.count { $0 > 2 } >= 3 && payments.allSatisfy { $0 < 100 }
    flags = (tier == rate ? 1 : 0) + (amount == nil ? 0 : 2) + (isMiddle ? 4 : 0) + (isMany ? 8 : 0)
    return sum
  }
}
