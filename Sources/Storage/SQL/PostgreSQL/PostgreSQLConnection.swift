/// A connection of the pool: one link, until that is lost, and what is known about it.
final class PostgreSQLConnection: SQLConnection {
  private let address: PostgreSQLAddress
  let patience: Duration
  private(set) var link: PostgreSQLLink
  private var statements = PostgreSQLStatements()
  /// Commands that clean up behind earlier ones, to be run before the next.
  private var leftovers: [String] = []
  private var cursors = 0
  private weak var insertion: PostgreSQLInsertion?
  /// Why the server takes nothing more in this transaction.
  private(set) var refusal: SQLError?
  var mayWrite = false

  init(to address: PostgreSQLAddress, patience: Duration) throws(SQLError) {
    self.address = address
    self.patience = patience
    link = try PostgreSQLLink(to: address, within: patience)
  }

  var dialect: SQLDialect { .postgreSQL }

  // MARK: SQLConnection

  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    let known = find(sql)
    return try asking(sql) { () throws(SQLError) in try run(known, arguments) }.changed
  }

  func forEachRow(_ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) throws -> Bool) throws {
    let known = find(sql)
    if known.statement.mayBeLong(arguments) { return try forEachRow(inPortionsOf: known, sql, arguments, body) }
    let result = try asking(sql) { () throws(SQLError) in try run(known, arguments) }
    _ = try result.forEachRow(body)
  }

  func insertion(into table: String, columns: [String]) throws -> any SQLInsertion {
    let names = columns.map(dialect.quoted).joined(separator: ", ")
    let sql = "COPY \(dialect.quoted(table)) (\(names)) FROM STDIN"
    try asking(sql) { () throws(SQLError) in
      try tidy()
      try link.beginCopy(sql)
    }
    let begun = PostgreSQLInsertion(over: link, sql: sql)
    insertion = begun
    return begun
  }

  func announce(_ name: String) throws {
    guard mayWrite else { throw SQLError(.statement, "only a writer may announce") }
    try execute("SELECT pg_notify(?, ?)", [.text(PostgreSQLDatabase.channel), .text(name)])
  }

  // MARK: statements

  private func find(_ sql: String) -> PostgreSQLStatements.Known {
    let known = statements.find(sql)
    if let name = statements.dropSurplus() { leftovers.append("DEALLOCATE \(name)") }
    return known
  }

  private func run(
    _ known: PostgreSQLStatements.Known, _ values: [SQLValue]
  ) throws(SQLError) -> PostgreSQLResult {
    let statement = known.statement
    let arguments = try bind(values, to: statement)
    try tidy()
    if statement.mayChangeTables {
      statements.forgetPrepared()
      return try values.isEmpty ? link.run(statement.text) : link.run(statement.text, arguments)
    }
    try prepare(known)
    guard let name = known.name else { return try link.run(statement.text, arguments) }
    return try link.runPrepared(name, arguments)
  }

  private func prepare(_ known: PostgreSQLStatements.Known) throws(SQLError) {
    guard let name = statements.nameToPrepare(known) else { return }
    try link.prepare(known.statement.text, as: name)
    known.name = name
  }

  private func bind(
    _ values: [SQLValue], to statement: PostgreSQLStatement
  ) throws(SQLError) -> PostgreSQLArguments {
    guard values.count == statement.placeholders else {
      throw SQLError(.statement, "\(statement.placeholders) arguments are wanted, \(values.count) were given")
    }
    return try PostgreSQLArguments(values)
  }

  private func tidy() throws(SQLError) {
    if leftovers.isEmpty { return }
    try link.run(leftovers.joined(separator: "; "))
    leftovers = []
  }

  /// Puts the statement beside what went wrong.
  private func asking<R>(_ sql: String, _ work: () throws(SQLError) -> R) throws(SQLError) -> R {
    do throws(SQLError) {
      if insertion?.isOpen == true { throw SQLError(.statement, "an insertion is not finished") }
      return try work()
    } catch {
      let named = SQLError(error.kind, error.message, sql: sql)
      if !link.isInTransaction { refusal = refusal ?? named }
      throw named
    }
  }

  // MARK: cursors

  /// Lets the server hold the query, and fetches as many rows at a time as make about a mebibyte.
  private func forEachRow(
    inPortionsOf known: PostgreSQLStatements.Known, _ sql: String, _ values: [SQLValue],
    _ body: (any SQLRow) throws -> Bool
  ) throws {
    let name = nextCursor()
    var wanted = 100
    var result = try asking(sql) { () throws(SQLError) in
      let arguments = try bind(values, to: known.statement)
      return try open(name, for: known.statement, arguments, fetching: wanted)
    }
    defer { leftovers.append("CLOSE \(name)") }
    while try result.forEachRow(body), result.count == wanted {
      wanted = min(max((1 << 20) * result.count / max(result.size, 1), 1), 5000)
      result = try asking(sql) { () throws(SQLError) in
        try tidy()
        return try link.run("FETCH \(wanted) FROM \(name)")
      }
    }
  }

  private func nextCursor() -> String {
    cursors += 1
    return "c\(cursors)"
  }

  private func open(
    _ name: String, for statement: PostgreSQLStatement, _ arguments: PostgreSQLArguments, fetching count: Int
  ) throws(SQLError) -> PostgreSQLResult {
    let none = try PostgreSQLArguments()
    let before = leftovers.map { ($0, none) }
    leftovers = []
    return try link.runTogether(
      before + [
        ("DECLARE \(name) NO SCROLL CURSOR FOR \(statement.text)", arguments),
        ("FETCH \(count) FROM \(name)", none),
      ])
  }

  // MARK: transactions

  /// Begins a transaction, on a new link where the old one was lost meanwhile: nothing was done on it yet.
  func begin(_ commands: String) throws(SQLError) {
    refusal = nil
    leftovers = []
    if !link.isIdle { return try beginAnew(commands) }
    do throws(SQLError) {
      let forget = statements.arePrepared ? "; DEALLOCATE ALL" : ""
      try link.run(commands + forget)
      statements.beginTransaction()
    } catch {
      guard error.kind == .gone else { throw error }
      try beginAnew(commands)
    }
  }

  private func beginAnew(_ commands: String) throws(SQLError) {
    link = try PostgreSQLLink(to: address, within: patience)
    statements = PostgreSQLStatements()
    try link.run(commands)
  }

  /// Ends a transaction whose outcome is known already.
  func end(_ command: String) {
    abandonInsertion()
    _ = try? link.run(command)
  }

  func abandonInsertion() {
    guard let insertion, insertion.isOpen else { return }
    refusal = refusal ?? SQLError(.statement, "an insertion was not finished")
    insertion.abandon()
  }
}
