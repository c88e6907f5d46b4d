/// `java.lang.String` and `java.lang.Character`.
enum JavaTexts {
  static let rows: [JavaMethod] = strings + characters

  private static let strings: [JavaMethod] =
    [
      JavaMethod("java.lang.String.valueOf(char)") { $0[0] },
      JavaMethod("java.lang.String.valueOf(boolean)") { .string($0[0].feelDescription) },
      JavaMethod("java.lang.String.valueOf(int)") { .string($0[0].feelDescription) },
      JavaMethod("java.lang.String.valueOf(long)") { .string($0[0].feelDescription) },
      JavaMethod("java.lang.String.valueOf(double)") { .string(fraction($0.number(0))) },
      JavaMethod("java.lang.String.valueOf(float)") { .string(fraction($0.number(0))) },
      JavaMethod("java.lang.String.valueOf(java.lang.Object)") { .string($0[0].feelDescription) },
      JavaMethod("java.lang.Double.toString(double)") { .string(fraction($0.number(0))) },
      JavaMethod("java.lang.Float.toString(float)") { .string(fraction($0.number(0))) },
      JavaMethod("java.lang.String.format(java.lang.String,java.lang.Object...)") { arguments in
        JavaFormat.text(arguments.text(0), arguments.list(1)).map { .string($0) }
      },
    ]

  private static let characters: [JavaMethod] = [
    test("isDigit") { $0.numericType == .decimal }, test("isLetter") { $0.isAlphabetic },
    test("isLetterOrDigit") { $0.isAlphabetic || $0.numericType == .decimal }, test("isUpperCase") { $0.isUppercase },
    test("isLowerCase") { $0.isLowercase }, test("isWhitespace") { $0.isWhitespace },
    JavaMethod("java.lang.Character.toUpperCase(char)") { .string($0.text(0).uppercased()) },
    JavaMethod("java.lang.Character.toLowerCase(char)") { .string($0.text(0).lowercased()) },
    JavaMethod("java.lang.Character.toString(char)") { $0[0] },
    JavaMethod("java.lang.Character.valueOf(char)") { $0[0] },
  ]

  private static func test(
    _ name: String, _ body: @escaping @Sendable (Unicode.Scalar.Properties) -> Bool
  ) -> JavaMethod {
    JavaMethod("java.lang.Character.\(name)(char)") { arguments in
      .boolean(arguments.text(0).unicodeScalars.allSatisfy { body($0.properties) })
    }
  }

  /// Java writes whole numbers of these types with `.0`.
  private static func fraction(_ number: Decimal128) -> String {
    number.isInteger ? number.description + ".0" : number.description
  }
}
