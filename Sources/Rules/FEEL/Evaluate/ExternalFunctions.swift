/// Functions outside FEEL (DMN 1.5 §10.3.2.13.7): there is no Java here, only a table of well-known static methods of
/// `java.lang`, answered by FEEL's own numbers and strings. Everything else is null with a warning.
public enum ExternalFunctions {
  typealias Body = @Sendable ([Value]) -> Value?

  /// - Parameters:
  ///   - type: the class with its package, `java.lang.Math`.
  ///   - signature: the method with the types of its parameters, `max(double, double)`.
  /// - Returns: nil for a method that is not in the table.
  public static func function(
    class type: String, signature: String, parameters: [FunctionParameter]
  ) -> FunctionValue? {
    let key = "\(type).\(signature)".filter { !$0.isWhitespace }
    guard let body = table[key] else { return nil }
    return FunctionValue(name: key, parameters: parameters) { arguments, invocation in
      if let value = body(arguments.map(\.value)) { return value }
      invocation.warn("feel.evaluate.external.argument", ["function": key])
      return .null()
    }
  }

  private static let table: [String: Body] = Dictionary(
    uniqueKeysWithValues: mathematics + conversions)

  private static let mathematics: [(String, Body)] = ["double", "float", "int", "long"].flatMap { type in
    [
      ("java.lang.Math.max(\(type),\(type))", numbers { max($0, $1) }),
      ("java.lang.Math.min(\(type),\(type))", numbers { min($0, $1) }),
      ("java.lang.Math.abs(\(type))", number { $0.isNegative ? -$0 : $0 }),
    ]
  }

  private static let conversions: [(String, Body)] =
    [
      ("Integer", "int"), ("Long", "long"), ("Short", "short"), ("Byte", "byte"), ("Float", "float"),
      ("Double", "double"),
    ].flatMap { type, primitive -> [(String, Body)] in
      [
        ("java.lang.\(type).valueOf(\(primitive))", number { $0 }),
        ("java.lang.\(type).valueOf(java.lang.String)", parsed),
      ]
    } + [("java.lang.String.valueOf(char)", character)]

  private static func number(_ body: @escaping @Sendable (Decimal128) -> Decimal128?) -> Body {
    { arguments in
      guard arguments.count == 1, case .number(let a) = arguments[0] else { return nil }
      return body(a).map { .number($0) }
    }
  }

  private static func numbers(_ body: @escaping @Sendable (Decimal128, Decimal128) -> Decimal128?) -> Body {
    { arguments in
      guard arguments.count == 2, case .number(let a) = arguments[0], case .number(let b) = arguments[1] else {
        return nil
      }
      return body(a, b).map { .number($0) }
    }
  }

  private static let parsed: Body = { arguments in
    guard arguments.count == 1, case .string(let text) = arguments[0] else { return nil }
    return Decimal128(text).map { .number($0) }
  }

  private static let character: Body = { arguments in
    guard arguments.count == 1, case .string(let text) = arguments[0], text.utf16.count == 1 else { return nil }
    return arguments[0]
  }
}
