import GRDB
import GRDBSQLite

extension SQLError {
  /// Carries out calls of SQLite, with its errors in our words.
  static func translating<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw SQLError(code: error.extendedResultCode.rawValue, error.message ?? "", sql: error.sql)
    }
  }

  init(code: Int32, _ message: String, sql: String?) {
    self.init(Kind(code), message, sql: sql)
  }
}

extension SQLError.Kind {
  fileprivate init(_ code: Int32) {
    self =
      switch code & 0xFF {
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_FULL, SQLITE_NOMEM, SQLITE_TOOBIG: .full
      // Misused: closed.
      case SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_PERM, SQLITE_AUTH, SQLITE_MISUSE: .gone
      case SQLITE_CONSTRAINT, SQLITE_MISMATCH: .constraint
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT: .damaged
      default: .statement
      }
  }
}
