internal import CPostgres

/// One answer of a server.
package final class PostgreSQLResult {
  let pointer: OpaquePointer
  /// How many rows were changed.
  lazy var changed = countChanged()

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit { PQclear(pointer) }

  private var status: ExecStatusType { PQresultStatus(pointer) }

  /// How many rows are here.
  var count: Int { Int(PQntuples(pointer)) }
  /// Bytes of memory.
  var size: Int { PQresultMemorySize(pointer) }

  var isFine: Bool { [PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY].contains(status) }
  var isSync: Bool { status == PGRES_PIPELINE_SYNC }
  var isCopyIn: Bool { status == PGRES_COPY_IN }
  var isCopy: Bool { [PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH].contains(status) }

  /// - Returns: whether all rows were wanted.
  func forEachRow(_ body: (any SQLRow) throws -> Bool) throws -> Bool {
    let width = Int(PQnfields(pointer))
    for row in 0..<count {
      if try !body(PostgreSQLRow(result: pointer, row: Int32(row), count: width)) { return false }
    }
    return true
  }

  /// Rows that were read count as none.
  private func countChanged() -> Int {
    let tag = PQcmdStatus(pointer).map { String(cString: $0) } ?? ""
    guard ["INSERT", "UPDATE", "DELETE", "MERGE", "COPY"].contains(tag.prefix { $0 != " " }) else { return 0 }
    return PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0
  }

  // MARK: refusals

  func refusal(isLost: Bool) -> SQLError {
    let state = field("C") ?? ""
    return SQLError(SQLError.Kind(sqlState: state, isLost: isLost), message)
  }

  private var message: String {
    guard let words = field("M") else {
      return PQresultErrorMessage(pointer).map { String(cString: $0).onOneLine } ?? ""
    }
    return [words, field("D")].compactMap(\.self).joined(separator: ": ")
  }

  /// - Parameter letter: as the protocol has it: `C` for the SQLSTATE, `M` for the message, `D` for its detail.
  private func field(_ letter: Unicode.Scalar) -> String? {
    PQresultErrorField(pointer, Int32(letter.value)).map { String(cString: $0) }
  }
}

extension String {
  /// libpq breaks what it says into lines and begins some with a tab.
  var onOneLine: String { split { $0.isWhitespace }.joined(separator: " ") }
}
