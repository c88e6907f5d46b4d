/// The classes of numbers of `java.lang`, and `Boolean`.
enum JavaNumbers {
  static let rows: [JavaMethod] = whole.flatMap(rows) + wide + fractions.flatMap(rows) + booleans

  private struct Class: Sendable {
    var name: String
    var primitive: String
    /// What `parseInt` and the like call the type.
    var parse: String
  }

  private static let whole: [Class] = [
    Class(name: "Integer", primitive: "int", parse: "parseInt"),
    Class(name: "Long", primitive: "long", parse: "parseLong"),
    Class(name: "Short", primitive: "short", parse: "parseShort"),
    Class(name: "Byte", primitive: "byte", parse: "parseByte"),
  ]

  private static let fractions: [Class] = [
    Class(name: "Double", primitive: "double", parse: "parseDouble"),
    Class(name: "Float", primitive: "float", parse: "parseFloat"),
  ]

  /// What every class of numbers has.
  private static func rows(of kind: Class) -> [JavaMethod] {
    let type = "java.lang.\(kind.name)"
    let parsed: JavaMethod.Body = { parse($0.text(0), as: kind.primitive).map { .number($0) } }
    return [
      JavaMethod("\(type).valueOf(\(kind.primitive))") { $0[0] },
      JavaMethod("\(type).valueOf(java.lang.String)", parsed),
      JavaMethod("\(type).\(kind.parse)(java.lang.String)", parsed),
      JavaMethod("\(type).compare(\(kind.primitive),\(kind.primitive))") { order($0.number(0), $0.number(1)) },
    ] + (kind.primitive == "short" || kind.primitive == "byte" ? [] : reductions(of: kind))
  }

  private static func reductions(of kind: Class) -> [JavaMethod] {
    let (type, primitive) = ("java.lang.\(kind.name)", kind.primitive)
    return [
      JavaMethod("\(type).max(\(primitive),\(primitive))") { .number(max($0.number(0), $0.number(1))) },
      JavaMethod("\(type).min(\(primitive),\(primitive))") { .number(min($0.number(0), $0.number(1))) },
      JavaMethod("\(type).sum(\(primitive),\(primitive))") { ($0.number(0) + $0.number(1)).map { .number($0) } },
    ]
  }

  /// What only `Integer` and `Long` have.
  private static let wide: [JavaMethod] = whole.prefix(2).flatMap { kind in
    let (type, primitive) = ("java.lang.\(kind.name)", kind.primitive)
    let limits = JavaType.whole[primitive] ?? 0...0
    return [
      JavaMethod("\(type).signum(\(primitive))") { order($0.number(0), 0) },
      JavaMethod("\(type).toString(\(primitive))") { .string($0.number(0).description) },
      JavaMethod("\(type).toHexString(\(primitive))") { .string(bits($0, limits, radix: 16)) },
      JavaMethod("\(type).toOctalString(\(primitive))") { .string(bits($0, limits, radix: 8)) },
      JavaMethod("\(type).toBinaryString(\(primitive))") { .string(bits($0, limits, radix: 2)) },
      JavaMethod("\(type).\(kind.parse)(java.lang.String,int)") { arguments in
        guard (2...36).contains(arguments.integer(1)), let whole = Int(arguments.text(0), radix: arguments.integer(1))
        else { return nil }
        return limits.contains(whole) ? .number(Decimal128(whole)) : nil
      },
    ]
  }

  private static let booleans: [JavaMethod] = [
    truth("parseBoolean(java.lang.String)") { $0.text(0).lowercased() == "true" },
    truth("valueOf(java.lang.String)") { $0.text(0).lowercased() == "true" },
    truth("valueOf(boolean)") { $0.truth(0) },
    truth("logicalAnd(boolean,boolean)") { $0.truth(0) && $0.truth(1) },
    truth("logicalOr(boolean,boolean)") { $0.truth(0) || $0.truth(1) },
    truth("logicalXor(boolean,boolean)") { $0.truth(0) != $0.truth(1) },
    JavaMethod("java.lang.Boolean.toString(boolean)") { .string($0.truth(0) ? "true" : "false") },
  ]

  private static func truth(_ signature: String, _ body: @escaping @Sendable (Arguments) -> Bool) -> JavaMethod {
    JavaMethod("java.lang.Boolean.\(signature)") { .boolean(body($0)) }
  }

  private static func order(_ a: Decimal128, _ b: Decimal128) -> Value { .number(a == b ? 0 : a < b ? -1 : 1) }

  /// Two's complement, in 32 or 64 bits.
  private static func bits(_ arguments: Arguments, _ limits: ClosedRange<Int>, radix: Int) -> String {
    let whole = arguments.integer(0)
    let bits =
      limits.upperBound == Int.max ? UInt64(bitPattern: Int64(whole)) : UInt64(UInt32(truncatingIfNeeded: whole))
    return String(bits, radix: radix)
  }

  /// As Java parses: no spaces in whole numbers, a plus allowed; nil beyond the limits of the type.
  private static func parse(_ text: String, as primitive: String) -> Decimal128? {
    guard let limits = JavaType.whole[primitive] else {
      let trimmed = text.filter { !$0.isWhitespace }
      return Decimal128(trimmed.hasPrefix("+") ? String(trimmed.dropFirst()) : trimmed)
    }
    return Int(text).flatMap { limits.contains($0) ? Decimal128($0) : nil }
  }
}

extension Arguments {
  func truth(_ index: Int) -> Bool { if case .boolean(let truth) = self[index] { truth } else { false } }
}
