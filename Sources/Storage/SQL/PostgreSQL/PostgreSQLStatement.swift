/// What must be known of a statement before it is run.
struct PostgreSQLStatement: Sendable {
  /// With `$1`, `$2`, … for the placeholders.
  var text = ""
  var placeholders = 0
  /// The word that each command begins with, in capitals.
  var commands: [String] = []
  /// All words outside of quotes, in capitals.
  var words: Set<String> = []
  /// The last two words or signs.
  var end = ("", "")

  init(_ sql: String) {
    var scanner = PostgreSQLScanner(sql)
    self = scanner.statement()
  }

  /// Nothing yet.
  init() {}

  /// Hands out rows and changes none.
  var isQuery: Bool { !isScript && Self.queries.contains(command) && !isChange }
  /// Changes rows, and may hand out what became of them.
  var isChange: Bool {
    !isScript && (Self.changes.contains(command) || command == "WITH" && !words.isDisjoint(with: Self.changes))
  }
  /// Several commands.
  var isScript: Bool { commands.count > 1 }
  /// What was known of statements may have become wrong after it.
  var mayChangeTables: Bool { !isQuery && !isChange }

  /// Whether it may hand out more rows than one should hold; a last `LIMIT 10` or `LIMIT ?` says that it does not.
  func mayBeLong(_ arguments: [SQLValue]) -> Bool { isQuery && (limit(arguments) ?? .max) > 1000 }

  private func limit(_ arguments: [SQLValue]) -> Int? {
    guard end.0 == "LIMIT" else { return nil }
    guard end.1 == "?" else { return Int(end.1) }
    guard case .integer(let number) = arguments.last else { return nil }
    return Int(number)
  }

  private var command: String { commands.first ?? "" }
  private static let queries: Set = ["SELECT", "WITH", "VALUES", "TABLE"]
  private static let changes: Set = ["INSERT", "UPDATE", "DELETE", "MERGE"]
}
