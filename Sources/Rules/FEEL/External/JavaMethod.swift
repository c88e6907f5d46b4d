/// A static method of Java as a row of the tables in this folder.
struct JavaMethod: Sendable {
  /// What the method does with arguments of its types; nil where Java would raise an exception.
  typealias Body = @Sendable (Arguments) -> Value?

  /// Class, method and the types of the parameters, without spaces: `java.lang.Math.max(double,double)`.
  let signature: String
  let parameters: [JavaType]
  let body: Body

  init(_ signature: String, _ body: @escaping Body) {
    self.signature = signature
    let types = signature.split(separator: "(").last?.dropLast().split(separator: ",") ?? []
    parameters = types.map { JavaType(String($0)) }
    self.body = body
  }

  /// As models write a signature: without spaces, and with one spelling for arrays.
  static func key(_ text: String) -> String {
    let plain = text.filter { !$0.isWhitespace }
    let arrays = ["[Ljava.lang.Object;", "java.lang.Object[]"]
    guard let array = arrays.first(where: { plain.hasSuffix($0 + ")") }) else { return plain }
    return plain.dropLast(array.count + 1) + "java.lang.Object...)"
  }

  /// nil when a value cannot become what its parameter asks for. Null stands for null, and no method here takes it.
  func convert(_ values: [Value]) -> Arguments? {
    var arguments: [Value] = []
    for (type, value) in zip(parameters, values) {
      guard let fit = type.convert(value) else { return nil }
      arguments.append(fit)
    }
    return Arguments(values: arguments)
  }
}

/// The types of parameters, and how FEEL values become them (DMN 1.5 §10.3.2.13.3, §10.3.2.12 Table 47).
struct JavaType: Sendable {
  private let name: String

  init(_ name: String) { self.name = name }

  /// The whole numbers that a type holds.
  static let whole: [String: ClosedRange<Int>] = [
    "byte": -128...127, "short": -32_768...32_767, "int": -2_147_483_648...2_147_483_647, "long": Int.min...Int.max,
  ]

  func convert(_ value: Value) -> Value? {
    switch (name, value) {
    case ("double", .number), ("float", .number), ("boolean", .boolean), ("java.lang.String", .string): value
    case ("java.lang.CharSequence", .string): value
    case ("char", .string(let text)): text.utf16.count == 1 ? value : nil
    case ("java.lang.Object", _): value.isNull ? nil : value
    case ("java.lang.Object...", .list): value
    case ("java.lang.Object...", _): .list([value])
    case (_, .number(let number)): Self.whole[name].flatMap { Self.cut(number, to: $0) }
    default: nil
    }
  }

  /// The number without its fraction, as Java converts; nil beyond the limits of the type.
  private static func cut(_ number: Decimal128, to limits: ClosedRange<Int>) -> Value? {
    guard let whole = number.truncated, limits.contains(whole) else { return nil }
    return .number(Decimal128(whole))
  }
}
