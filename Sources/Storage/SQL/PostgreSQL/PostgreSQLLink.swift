internal import CPostgres

/// The wire to a server. Used by one thread at a time.
package final class PostgreSQLLink {
  let pointer: OpaquePointer
  /// Whether it stands in a state that nobody expects, and is good for nothing more.
  private var isBroken = false

  /// - Throws: kind `gone` when the server cannot be reached.
  package init(to address: PostgreSQLAddress, within patience: Duration) throws(SQLError) {
    guard let pointer = try address.start() else { throw SQLError(.gone, "no memory for a connection") }
    self.pointer = pointer
    PQsetNoticeProcessor(pointer, { _, _ in }, nil)
    try connect(until: .now + patience)
    try requireUTF8()
    try run(Self.settings + "SET lock_timeout = \(patience.lockTimeout)")
  }

  deinit { PQfinish(pointer) }

  /// What does not depend on how the server or the role is set up.
  private static let settings = """
    SET client_encoding = 'UTF8'; SET timezone = 'UTC'; SET datestyle = 'ISO'; SET bytea_output = 'hex';
    SET standard_conforming_strings = on; SET synchronous_commit = on; SET cursor_tuple_fraction = 1;
    """

  var isLost: Bool { isBroken || PQstatus(pointer) == CONNECTION_BAD }
  var isIdle: Bool { !isLost && PQtransactionStatus(pointer) == PQTRANS_IDLE }
  var isInTransaction: Bool { !isLost && PQtransactionStatus(pointer) == PQTRANS_INTRANS }

  // MARK: connecting

  /// Step by step, since libpq in one go would print what the server says before it can be silenced.
  private func connect(until deadline: ContinuousClock.Instant) throws(SQLError) {
    var wanted = PGRES_POLLING_WRITING
    while wanted != PGRES_POLLING_OK {
      guard wanted != PGRES_POLLING_FAILED, PQstatus(pointer) != CONNECTION_BAD else { throw refusal }
      let direction = wanted == PGRES_POLLING_READING ? Waiting.toRead : Waiting.toWrite
      guard direction.isOver(on: PQsocket(pointer), until: deadline) else {
        throw SQLError(.gone, "the server has not answered in time")
      }
      wanted = PQconnectPoll(pointer)
    }
  }

  private func requireUTF8() throws(SQLError) {
    let encoding = PQparameterStatus(pointer, "server_encoding").map { String(cString: $0) } ?? ""
    if encoding != "UTF8" { throw SQLError(.damaged, "the database is encoded in \(encoding), not in UTF8") }
  }

  // MARK: statements

  /// Runs commands that stand one after another.
  @discardableResult
  package func run(_ text: String) throws(SQLError) -> PostgreSQLResult { try answer(to: PQsendQuery(pointer, text)) }

  func run(_ text: String, _ arguments: PostgreSQLArguments) throws(SQLError) -> PostgreSQLResult {
    try answer(to: send(text, arguments))
  }

  func prepare(_ text: String, as name: String) throws(SQLError) {
    _ = try answer(to: PQsendPrepare(pointer, name, text, 0, nil))
  }

  func runPrepared(_ name: String, _ arguments: PostgreSQLArguments) throws(SQLError) -> PostgreSQLResult {
    try answer(
      to: arguments.withPointers { count, texts, lengths, formats in
        PQsendQueryPrepared(pointer, name, count, texts, lengths, formats, 0)
      })
  }

  /// Sends commands one after another, and waits only once.
  /// - Returns: the answer to the last.
  func runTogether(_ commands: [(text: String, arguments: PostgreSQLArguments)]) throws(SQLError) -> PostgreSQLResult {
    guard PQenterPipelineMode(pointer) == 1 else { throw refusal }
    defer { isBroken = PQexitPipelineMode(pointer) != 1 || isBroken }
    guard commands.allSatisfy({ send($0.text, $0.arguments) == 1 }), PQpipelineSync(pointer) == 1 else { throw refusal }
    var answers = PostgreSQLAnswers()
    // A command's answers end with a null, all of them with a sign of their own.
    while !isLost {
      guard let result = nextResult() else { continue }
      if result.isSync { break }
      answers.add(result, isLost: isLost)
    }
    return try answers.last(else: refusal)
  }

  private func send(_ text: String, _ arguments: PostgreSQLArguments) -> Int32 {
    arguments.withPointers { count, texts, lengths, formats in
      PQsendQueryParams(pointer, text, count, nil, texts, lengths, formats, 0)
    }
  }

  // MARK: answers

  private func answer(to sent: Int32) throws(SQLError) -> PostgreSQLResult {
    guard sent == 1 else { throw refusal }
    return try answer()
  }

  /// Waits for all that is to come.
  /// - Returns: the last, with the number of rows that all have changed.
  func answer() throws(SQLError) -> PostgreSQLResult {
    var answers = PostgreSQLAnswers()
    while let result = nextResult() {
      if result.isCopy {
        isBroken = true
        throw SQLError(.statement, "COPY is for insertions only")
      }
      answers.add(result, isLost: isLost)
    }
    return try answers.last(else: refusal)
  }

  private func nextResult() -> PostgreSQLResult? { PQgetResult(pointer).map { PostgreSQLResult($0) } }

  /// What libpq itself has to say.
  var refusal: SQLError {
    let words = PQerrorMessage(pointer).map { String(cString: $0) } ?? ""
    return SQLError(isLost ? .gone : .statement, words.onOneLine)
  }

  // MARK: copying

  func beginCopy(_ text: String) throws(SQLError) {
    guard PQsendQuery(pointer, text) == 1, let result = nextResult() else { throw refusal }
    if result.isCopyIn { return }
    var answers = PostgreSQLAnswers()
    answers.add(result, isLost: isLost)
    _ = try? answer()
    _ = try answers.last(else: refusal)
    throw SQLError(.statement, "this begins no copy")
  }

  func copy(_ bytes: UnsafeRawBufferPointer) throws(SQLError) {
    let text = bytes.bindMemory(to: CChar.self)
    guard PQputCopyData(pointer, text.baseAddress, Int32(text.count)) == 1 else { throw refusal }
  }

  /// - Parameter failure: why nothing of it shall be there; nil when all is well.
  func endCopy(failure: String? = nil) throws(SQLError) -> PostgreSQLResult {
    guard PQputCopyEnd(pointer, failure) == 1 else { throw refusal }
    return try answer()
  }
}
