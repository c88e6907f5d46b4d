import DMN
import FEEL

/// Sound texts for the fuzzer to break: each form of the grammar and each kind of built-in. They stand in `Corpus/`.
enum Corpus {
  static let expressions = lines(PackageResources.expressions_txt)
  static let tests = lines(PackageResources.tests_txt)
  static let models = [PackageResources.table_dmn, PackageResources.boxes_dmn].map {
    String(decoding: $0, as: UTF8.self)
  }

  /// Facts of every kind, for the texts to read.
  static let facts: Bindings = {
    let source = String(decoding: PackageResources.facts_feel, as: UTF8.self)
    guard let expression = try? Expression(parsing: source),
      case .context(let context) = expression.evaluate(in: Bindings()).value
    else { preconditionFailure("facts.feel is no context") }
    return Bindings(Dictionary(uniqueKeysWithValues: context.names.map { ($0, context[$0] ?? .null()) }))
  }()

  static let names = KnownNames(Array(facts.values.keys), members: ["a", "b"])

  private static func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
