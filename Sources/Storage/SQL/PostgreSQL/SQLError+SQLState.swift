extension SQLError.Kind {
  /// - Parameters:
  ///   - sqlState: five letters of the SQL standard and of PostgreSQL's appendix A; the first two are the class.
  ///   - isLost: whether the connection was lost with it.
  init(sqlState: String, isLost: Bool) {
    let kind = Self.states[sqlState] ?? Self.classes[String(sqlState.prefix(2))]
    self = kind ?? (isLost ? .gone : .statement)
  }

  private static let states: [String: Self] = [
    "22001": .constraint,  // A text is too long for its column.
    "22003": .constraint,  // A number is too large for its column.
    "22007": .constraint,  // This is no date.
    "22008": .constraint,  // There is no such date.
    "22021": .constraint,  // This is no UTF-8.
    "22P02": .constraint,  // The text is none of a number, a truth, …
    "22P03": .constraint,  // Bytes for a column of something else.
    "25P03": .gone,  // Idle in a transaction for too long.
    "40001": .busy,  // Another writer was first.
    "40P01": .busy,  // A deadlock.
    "53300": .gone,  // Too many connections.
    "55P03": .busy,  // A lock was not to be had.
    "57014": .busy,  // Cancelled, in time or by someone.
    "57P01": .gone,  // The server goes down, or an administrator ended the connection.
    "57P02": .gone,  // The server crashed.
    "57P03": .gone,  // The server starts.
    "57P04": .gone,  // The database was dropped.
    "57P05": .gone,  // Idle for too long.
  ]

  private static let classes: [String: Self] = [
    "08": .gone,  // The connection.
    "23": .constraint,
    "53": .full,  // Disk, memory, or what the configuration allows.
    "58": .damaged,  // The system around the server.
    "XX": .damaged,  // The server itself, or its files.
  ]
}
