/// Functions on numbers (DMN 1.5 §10.3.4.5).
enum NumberBuiltins {
  static let rows: [Builtin] = [
    rounding("decimal", .halfEven),
    rounding("floor", .floor, hasDefaultScale: true),
    rounding("ceiling", .ceiling, hasDefaultScale: true),
    rounding("round up", .up),
    rounding("round down", .down),
    rounding("round half up", .halfUp),
    rounding("round half down", .halfDown),
    absolute,
    numeric("sqrt") { $0.squareRoot },
    numeric("log") { $0.naturalLogarithm },
    numeric("exp") { $0.exponential },
    parity("odd", remainder: 1),
    parity("even", remainder: 0),
    Builtin("modulo", [.one("dividend", .number), .one("divisor", .number)], .number) { arguments, _ in
      arguments.number(0).modulo(arguments.number(1)).map { .number($0) }
    },
  ]

  private static func rounding(_ name: String, _ rounding: Rounding, hasDefaultScale: Bool = false) -> Builtin {
    let scale: Builtin.Parameter = hasDefaultScale ? .optional("scale", .number) : .one("scale", .number)
    return Builtin(name, [.one("n", .number), scale], .number) { arguments, _ in
      arguments.number(0).rounded(toScale: arguments.integer(1), rounding).map { .number($0) }
    }
  }

  private static var absolute: Builtin {
    Builtin(
      "abs",
      anyOf: [
        .init([.one("n", .number)], giving: .number), .init([.one("n", .daysDuration)], giving: .daysDuration),
        .init([.one("n", .monthsDuration)], giving: .monthsDuration),
      ], .any
    ) { arguments, _ in
      switch arguments[0] {
      case .number(let number): .number(number.magnitude)
      case .daysDuration(let duration): duration.isNegative ? Value.negate(arguments[0]) : arguments[0]
      case .monthsDuration(let duration): duration.months < 0 ? Value.negate(arguments[0]) : arguments[0]
      default: nil
      }
    }
  }

  private static func numeric(_ name: String, _ function: @escaping @Sendable (Decimal128) -> Decimal128?) -> Builtin {
    Builtin(name, [.one("number", .number)], .number) { arguments, _ in
      function(arguments.number(0)).map { .number($0) }
    }
  }

  /// A number with a fraction is neither odd nor even.
  private static func parity(_ name: String, remainder: Int) -> Builtin {
    Builtin(name, [.one("number", .number)], .boolean) { arguments, _ in
      .boolean(arguments.number(0).modulo(2) == Decimal128(remainder))
    }
  }
}
