extension PostgreSQLConnection {
  func read<R>(_ body: (any SQLConnection) throws -> R) throws -> R {
    try begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    let outcome = try undoing(body)
    end("COMMIT")
    return outcome
  }

  /// - Parameter waiting: how long at most for another writer, of whichever process.
  func write<R>(waiting: Duration, _ body: (any SQLConnection) throws -> R) throws -> R {
    mayWrite = true
    defer { mayWrite = false }
    try beginWriting(waiting: waiting)
    let outcome = try undoing(body)
    try commit()
    return outcome
  }

  /// Statements see what was committed before them, and so all that the writer before did.
  private func beginWriting(waiting: Duration) throws(SQLError) {
    do throws(SQLError) {
      try begin(
        """
        BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
        SET LOCAL lock_timeout = \(waiting.lockTimeout);
        SELECT pg_advisory_xact_lock(\(PostgreSQLDatabase.writerLock));
        SET LOCAL lock_timeout = \(patience.lockTimeout)
        """)
    } catch {
      end("ROLLBACK")
      throw error
    }
  }

  /// Undoes the transaction when `body` throws.
  private func undoing<R>(_ body: (any SQLConnection) throws -> R) throws -> R {
    do {
      return try body(self)
    } catch {
      end("ROLLBACK")
      throw error
    }
  }

  private func commit() throws(SQLError) {
    abandonInsertion()
    // COMMIT would undo a refused transaction without a word.
    guard link.isInTransaction else {
      end("ROLLBACK")
      throw refusal ?? SQLError(link.isLost ? .gone : .statement, "the transaction did not last until its end")
    }
    do throws(SQLError) {
      try link.run("COMMIT")
    } catch {
      guard error.kind == .gone else { throw error }
      throw SQLError(.gone, "the answer to COMMIT was lost, and whether it was done is not known: \(error.message)")
    }
  }
}
