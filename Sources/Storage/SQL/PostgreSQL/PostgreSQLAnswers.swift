/// What a server answers to the commands of one request.
struct PostgreSQLAnswers {
  private var last: PostgreSQLResult?
  private var changed = 0
  private var refusal: SQLError?

  /// - Parameter isLost: whether the connection is.
  mutating func add(_ result: PostgreSQLResult, isLost: Bool) {
    if result.isFine {
      last = result
      changed += result.changed
    } else {
      refusal = refusal ?? result.refusal(isLost: isLost)
    }
  }

  /// - Throws: the first refusal; `silence` where nothing was answered.
  func last(else silence: @autoclosure () -> SQLError) throws(SQLError) -> PostgreSQLResult {
    if let refusal { throw refusal }
    guard let last else { throw silence() }
    last.changed = changed
    return last
  }
}
