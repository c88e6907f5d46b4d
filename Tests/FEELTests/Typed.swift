import Diagnostics
import FEEL

/// Names with types, for the tests of inference.
enum Typed {
  static let person = FEELType.context(["name": .string, "age": .number, "born": .date])
  static let people = "list<\(person)>"
  /// A record that leads back to itself.
  static let firm = FEELType.record(RecordSchema("firm", names: ["title", "loans"]) { firmEntry($0) })

  private static func firmEntry(_ name: String) -> FEELType? {
    switch name {
    case "title": .string
    case "loans": .list(.record(RecordSchema("loan", names: ["sum", "firm"]) { $0 == "sum" ? .number : firmOf($0) }))
    default: nil
    }
  }
  private static func firmOf(_ name: String) -> FEELType? { name == "firm" ? firm : nil }

  static let scope: TypeBindings = {
    var scope: TypeBindings = [
      "b": .boolean, "n": .number, "s": .string, "d": .date, "t": .time, "dt": .dateTime, "days": .daysDuration,
      "months": .monthsDuration, "ns": .list(.number), "ss": .list(.string), "ds": .list(.date), "p": person,
      "ps": .list(person), "r": .range(.number), "rs": .range(.string), "x": .any, "xs": .list(.any), "c": .anyContext,
      "firm": firm, "nns": .list(.list(.number)), "g": .anyFunction, "z": .null,
    ]
    scope.declarations["f"] = TypeDeclaration(.function([.number, .string], .boolean), parameters: ["size", "label"])
    scope.declarations["lib"] = TypeDeclaration(
      .context(["f": .function([.number], .string)]),
      entries: ["f": TypeDeclaration(.function([.number], .string), parameters: ["size"])])
    return scope
  }()

  static let names = KnownNames(
    Array(scope.declarations.keys), members: ["name", "age", "born", "title", "loans", "sum", "firm"])

  static func typing(_ source: String) throws -> Typing {
    try Expression(parsing: source, names: names, at: SourcePlace(file: "t")).typing(in: scope)
  }
}
