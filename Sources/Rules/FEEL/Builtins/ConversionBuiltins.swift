/// Conversions to numbers and strings (DMN 1.5 §10.3.4.1).
enum ConversionBuiltins {
  static let rows: [Builtin] = [
    Builtin(
      "number",
      [
        .one("from", .string), .nullable("grouping separator", .string), .nullable("decimal separator", .string),
      ], .number
    ) { arguments, _ in
      number(from: arguments.text(0), grouping: arguments.optionalText(1), decimal: arguments.optionalText(2))
        .map { .number($0) }
    },
    Builtin("string", [.one("from", .any)], .string) { arguments, invocation in
      if arguments[0].isNull { return .null() }
      // A text with no room in the work that is left uses it up.
      let text = arguments[0].feelDescription(within: invocation.stepsLeft)
      return invocation.spend(text?.utf8.count ?? .max) ? text.map { .string($0) } : .null()
    },
  ]

  /// nil unless the separators are as the standard allows and differ, and what is left is a number.
  private static func number(from text: String, grouping: String?, decimal: String?) -> Decimal128? {
    if let grouping, ![" ", ",", "."].contains(grouping) { return nil }
    if let decimal, ![",", "."].contains(decimal) || decimal == grouping { return nil }
    var plain = Array(text.utf8)
    if let sign = grouping?.utf8.first { plain.removeAll { $0 == sign } }
    if let sign = decimal?.utf8.first, decimal != "." {
      let point = UInt8(ascii: ".")
      guard !plain.contains(point) else { return nil }
      for index in plain.indices where plain[index] == sign { plain[index] = point }
    }
    return Decimal128(String(decoding: plain, as: UTF8.self))
  }
}
