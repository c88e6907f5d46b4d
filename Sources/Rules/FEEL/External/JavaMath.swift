internal import CDecimal

/// `java.lang.Math`, in decimal128: the digits go beyond those of Java's binary numbers.
enum JavaMath {
  static let rows: [JavaMethod] = general + unary + binary + exact + rounding

  /// Of every kind of number.
  private static let general: [JavaMethod] = ["double", "float", "int", "long"].flatMap { type in
    [
      JavaMethod("java.lang.Math.max(\(type),\(type))") { .number(max($0.number(0), $0.number(1))) },
      JavaMethod("java.lang.Math.min(\(type),\(type))") { .number(min($0.number(0), $0.number(1))) },
      JavaMethod("java.lang.Math.abs(\(type))") { .number($0.number(0).magnitude) },
    ]
  }

  private static let unary: [JavaMethod] = [
    function("sin") { cdecimal_sine($0) }, function("cos") { cdecimal_cosine($0) },
    function("tan") { cdecimal_tangent($0) }, function("asin") { cdecimal_arc_sine($0) },
    function("acos") { cdecimal_arc_cosine($0) }, function("atan") { cdecimal_arc_tangent($0) },
    function("sinh") { cdecimal_hyperbolic_sine($0) }, function("cosh") { cdecimal_hyperbolic_cosine($0) },
    function("tanh") { cdecimal_hyperbolic_tangent($0) }, function("cbrt") { cdecimal_cube_root($0) },
    function("sqrt") { cdecimal_square_root($0) }, function("exp") { cdecimal_exponential($0) },
    function("expm1") { cdecimal_exponential_minus_one($0) }, function("log") { cdecimal_natural_logarithm($0) },
    function("log10") { cdecimal_decimal_logarithm($0) },
    number("log1p(double)") { ($0.number(0) + 1)?.naturalLogarithm },
    number("toRadians(double)") { ($0.number(0) * pi)?.divided(by: 180) },
    number("toDegrees(double)") { ($0.number(0) * 180)?.divided(by: pi) },
    number("signum(double)") { sign(of: $0.number(0)) }, number("signum(float)") { sign(of: $0.number(0)) },
  ]

  private static let binary: [JavaMethod] = [
    number("pow(double,double)") { $0.number(0).power($0.number(1)) },
    number("atan2(double,double)") { Decimal128(finite: cdecimal_angle($0.number(0).c, $0.number(1).c)) },
    number("hypot(double,double)") { Decimal128(finite: cdecimal_hypotenuse($0.number(0).c, $0.number(1).c)) },
    number("IEEEremainder(double,double)") { remainder($0.number(0), $0.number(1)) },
  ]

  /// Methods on whole numbers that raise an exception beyond the limits of their type.
  private static let exact: [JavaMethod] = ["int", "long"].flatMap { type in
    [
      within(type, "addExact(\(type),\(type))") { $0.number(0) + $0.number(1) },
      within(type, "subtractExact(\(type),\(type))") { $0.number(0) - $0.number(1) },
      within(type, "multiplyExact(\(type),\(type))") { $0.number(0) * $0.number(1) },
      within(type, "incrementExact(\(type))") { $0.number(0) + 1 },
      within(type, "decrementExact(\(type))") { $0.number(0) - 1 },
      within(type, "negateExact(\(type))") { -$0.number(0) },
      within(type, "floorMod(\(type),\(type))") { $0.number(0).modulo($0.number(1)) },
      within(type, "floorDiv(\(type),\(type))") { arguments in
        guard let rest = arguments.number(0).modulo(arguments.number(1)) else { return nil }
        return (arguments.number(0) - rest)?.divided(by: arguments.number(1))
      },
    ]
  }

  private static let rounding: [JavaMethod] = [
    number("floor(double)") { $0.number(0).rounded(toScale: 0, .floor) },
    number("ceil(double)") { $0.number(0).rounded(toScale: 0, .ceiling) },
    number("rint(double)") { $0.number(0).rounded(toScale: 0, .halfEven) },
    within("long", "round(double)") { half($0.number(0)) }, within("int", "round(float)") { half($0.number(0)) },
  ]

  // MARK: - Rows

  private static func number(
    _ signature: String, _ body: @escaping @Sendable (Arguments) -> Decimal128?
  ) -> JavaMethod {
    JavaMethod("java.lang.Math.\(signature)") { body($0).map { .number($0) } }
  }

  private static func function(_ name: String, _ body: @escaping @Sendable (CDecimal) -> CDecimal) -> JavaMethod {
    number("\(name)(double)") { Decimal128(finite: body($0.number(0).c)) }
  }

  private static func within(
    _ type: String, _ signature: String, _ body: @escaping @Sendable (Arguments) -> Decimal128?
  ) -> JavaMethod {
    number(signature) { arguments in
      guard let number = body(arguments), let whole = number.integer else { return nil }
      return JavaType.whole[type]?.contains(whole) == true ? number : nil
    }
  }

  // MARK: - Numbers

  private static let pi = Decimal128("3.141592653589793238462643383279503") ?? .zero

  private static func sign(of number: Decimal128) -> Decimal128 { number.isZero ? 0 : number.isNegative ? -1 : 1 }

  /// Halves go up, also below zero.
  private static func half(_ number: Decimal128) -> Decimal128? {
    Decimal128(5, exponent: -1).flatMap { number + $0 }?.rounded(toScale: 0, .floor)
  }

  /// What is left after the nearest whole multiple, of two equally near the even one.
  private static func remainder(_ number: Decimal128, _ divisor: Decimal128) -> Decimal128? {
    guard let times = number.divided(by: divisor)?.rounded(toScale: 0, .halfEven), let all = times * divisor else {
      return nil
    }
    return number - all
  }
}
