/// Functions outside FEEL (DMN 1.5 §10.3.2.13.3): there is no Java here, only a table of well-known static methods of
/// `java.lang`, answered by FEEL's own numbers and strings: ``signatures``. Everything else is null with a warning.
public enum ExternalFunctions {
  /// Every method of the table with the types of its parameters, sorted: `java.lang.Math.cos(double)`.
  public static var signatures: [String] { table.keys.sorted() }

  /// - Parameters:
  ///   - type: the class with its package, `java.lang.Math`.
  ///   - signature: the method with the types of its parameters, `max(double, double)`.
  /// - Returns: nil for a method that is not in the table, or for other than one parameter for each of its own.
  public static func function(
    class type: String, signature: String, parameters: [FunctionParameter]
  ) -> FunctionValue? {
    guard let method = table[JavaMethod.key("\(type).\(signature)")] else { return nil }
    guard parameters.count == method.parameters.count else { return nil }
    return FunctionValue(name: method.signature, parameters: parameters) { arguments, invocation in
      if let arguments = method.convert(arguments.map(\.value)), let value = method.body(arguments) {
        return invocation.spend(1 + value.textLength) ? value : .null()
      }
      invocation.warn("feel.evaluate.external.argument", ["function": method.signature])
      return .null()
    }
  }

  private static let table: [String: JavaMethod] = Dictionary(
    (JavaMath.rows + JavaNumbers.rows + JavaTexts.rows).map { ($0.signature, $0) },
    uniquingKeysWith: { first, _ in first })
}

extension Value {
  fileprivate var textLength: Int { if case .string(let text) = self { text.utf8.count } else { 0 } }
}
