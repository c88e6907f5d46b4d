/// Functions on any value and on booleans (DMN 1.5 §10.3.4.2, §10.3.4.6).
enum BooleanBuiltins {
  static let rows: [Builtin] = [
    Builtin("not", [.one("negand", .loosely(.boolean))], .boolean) { arguments, _ in
      if case .boolean(let value) = arguments[0] { .boolean(!value) } else { .null() }
    },
    Builtin("is", [.one("value1", .any), .one("value2", .any)], .boolean) { arguments, _ in
      .boolean(arguments[0].isSame(as: arguments[1]))
    },
  ]
}
