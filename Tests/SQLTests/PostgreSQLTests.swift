import Foundation
import TestKit
import Testing

@testable import SQL

/// What PostgreSQL does beyond the contract.
@Suite(
  "PostgreSQL behind the SQL door",
  .enabled(if: PostgreSQLPlace.url != nil, Comment(rawValue: PostgreSQLPlace.missing)))
struct PostgreSQLTests {
  private func with(
    connections: Int = 4, patience: Duration = .seconds(10), _ body: (any SQLDatabase, PostgreSQLPlace) throws -> Void
  ) throws {
    let place = try PostgreSQLPlace(server: PostgreSQLPlace.url ?? "")
    defer { place.remove() }
    try body(try place.open(connections: connections, patience: patience), place)
  }

  private func terminate(_ process: Int64?, from database: any SQLDatabase) throws {
    let ended = try database.read {
      try $0.first("SELECT pg_terminate_backend(?, 5000)", [.optional(process)]) { $0.integer(0) }
    }
    #expect(ended == 1)
  }

  private func process(_ connection: any SQLConnection) throws -> Int64? {
    try connection.first("SELECT pg_backend_pid()") { $0.integer(0) } ?? nil
  }

  // MARK: lost connections

  @Test("a connection lost in mid-work is gone, and the next call has another")
  func lostInside() throws {
    try with(connections: 1) { database, place in
      let other = try place.open()
      try database.makeNumbers(1)
      let inside = kind {
        try database.write { connection in
          try connection.execute("INSERT INTO numbers VALUES (1)")
          try terminate(process(connection), from: other)
          try connection.execute("INSERT INTO numbers VALUES (2)")
        }
      }
      #expect(inside == .gone)
      let reading = kind {
        try database.read { connection in
          try connection.forEachRow("SELECT n FROM numbers, generate_series(1, 20000)", []) { _ in
            try terminate(process(connection), from: other)
            return true
          }
        }
      }
      #expect(reading == .gone)
      let asking = kind {
        try database.read { connection in
          try terminate(process(connection), from: other)
          _ = try connection.rows("SELECT n FROM numbers") { $0.integer(0) }
        }
      }
      #expect(asking == .gone)
      let inserting = kind {
        try database.write { connection in
          let process = try process(connection)
          let insertion = try connection.insertion(into: "numbers", columns: ["n"])
          try terminate(process, from: other)
          for number in 10..<100_000 as Range<Int64> {
            try insertion.add(number)
            try insertion.endRow()
          }
          _ = try insertion.finish()
        }
      }
      #expect(inserting == .gone)
      #expect(try database.count() == 1)
      try database.write { _ = try $0.execute("INSERT INTO numbers VALUES (3)") }
      #expect(try database.count() == 2)
    }
  }

  @Test("a connection lost at the end is gone: nobody knows what was written")
  func lostAtCommit() throws {
    try with { database, place in
      let other = try place.open()
      try database.makeNumbers()
      let lost = kind {
        try database.write { connection in
          try connection.execute("INSERT INTO numbers VALUES (1)")
          try terminate(process(connection), from: other)
        }
      }
      #expect(lost == .gone)
      #expect(try database.count() == 0)
    }
  }

  @Test("a connection lost while nobody had it is replaced without a word")
  func lostBetween() throws {
    try with(connections: 1) { database, place in
      let other = try place.open()
      try database.makeNumbers(2)
      try terminate(database.read(process), from: other)
      #expect(try database.count() == 2)
      try terminate(database.read(process), from: other)
      try database.write { _ = try $0.execute("INSERT INTO numbers VALUES (9)") }
      #expect(try database.count() == 3)
    }
  }

  /// Those that listen to this database now.
  private let listener = """
    FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND state = 'idle' AND datname = current_database()
    """

  private func listeners(_ database: any SQLDatabase) throws -> Int64? {
    try database.read { try $0.first("SELECT count(*) \(listener)") { $0.integer(0) } } ?? nil
  }

  @Test("a listener goes with those who listen", .timeLimit(.minutes(30)))
  func listenerGoes() async throws {
    let place = try PostgreSQLPlace(server: PostgreSQLPlace.url ?? "")
    defer { place.remove() }
    let database = try place.open()
    for _ in 0..<3 { _ = database.announcements() }
    let task = Task { for await _ in database.announcements() {} }
    task.cancel()
    await task.value
    while try listeners(database) != 0 { try await Task.sleep(for: .milliseconds(50)) }
  }

  @Test("a listener whose connection was lost listens again", .timeLimit(.minutes(30)))
  func listenerReturns() async throws {
    let place = try PostgreSQLPlace(server: PostgreSQLPlace.url ?? "")
    defer { place.remove() }
    let database = try place.open()
    var heard = database.announcements().makeAsyncIterator()
    try database.read { connection throws in
      #expect(try connection.rows("SELECT pg_terminate_backend(pid, 5000) \(listener)") { $0.integer(0) } == [1])
    }
    while try listeners(database) == 0 { try await Task.sleep(for: .milliseconds(50)) }
    try database.write { try $0.announce("again") }
    #expect(await heard.next() == "*")
    #expect(await heard.next() == "again")
  }

  @Test(
    "a server that cannot be reached is gone, and its address is not told",
    arguments: [
      "postgresql://user:geheim@127.0.0.1:1/x", "postgresql://user:ge@heim@127.0.0.1/x",
      "postgresql://user:geheim%@h/x",
      "postgresql://user:geheim/1@127.0.0.1/x", "postgresql://user:geheim?x@127.0.0.1:1/x", "user:geheim@127.0.0.1",
      "host=127.0.0.1 port=1 password=geheim", "postgresql://127.0.0.1:1/x?password=geheim&", "postgresql://h:geheim/x",
      "postgresql://user:123/geheim@127.0.0.1/x", "postgresql://127.0.0.1:1/x?user=a@b&password=gehe&im",
    ])
  func unreachable(url: String) throws {
    let error = #expect(throws: SQLError.self) {
      try PostgreSQLDatabase(url: url, patience: .seconds(2)).read { _ in }
    }
    #expect(error?.kind == .gone)
    #expect(error?.message.contains("heim") == false && error?.message.contains("123") == false)
  }

  // MARK: refused transactions

  @Test("who hides an error does not write")
  func hiddenError() throws {
    try with { database, _ in
      try database.makeNumbers(1)
      let error = #expect(throws: SQLError.self) {
        try database.write { connection in
          try connection.execute("INSERT INTO numbers VALUES (5)")
          _ = try? connection.execute("INSERT INTO numbers VALUES (0)")
        }
      }
      #expect(error?.kind == .constraint)
      #expect(error?.message.contains("Key (n)=(0) already exists") == true)
      #expect(try database.count() == 1)
    }
  }

  @Test("an insertion that is not finished refuses the transaction")
  func unfinishedInsertion() throws {
    try with { database, _ in
      try database.makeNumbers()
      var kept: (any SQLInsertion)?
      for keeps in [false, true] {
        let refused = kind {
          try database.write { connection in
            let insertion = try connection.insertion(into: "numbers", columns: ["n"])
            try insertion.add(1 as Int64)
            try insertion.endRow()
            if keeps { kept = insertion }
          }
        }
        #expect(refused == .statement)
      }
      #expect(kind { try kept?.endRow() } == .statement)
      #expect(try database.count() == 0)
    }
  }

  @Test("during an insertion nothing else is answered")
  func insertionOnly() throws {
    try with { database, _ in
      try database.makeNumbers()
      let refused = kind {
        try database.write { connection in
          let insertion = try connection.insertion(into: "numbers", columns: ["n"])
          defer { withExtendedLifetime(insertion) {} }
          try connection.execute("DELETE FROM numbers")
        }
      }
      #expect(refused == .statement)
      #expect(try database.count() == 0)
    }
  }

  @Test("a transaction cannot be ended from within", arguments: ["COMMIT", "ROLLBACK"])
  func endedInside(command: String) throws {
    try with { database, _ in
      try database.makeNumbers()
      #expect(kind { try database.write { _ = try $0.execute(command) } } == .statement)
      #expect(try database.count() == 0)
    }
  }

  @Test("COPY as a statement harms no later one", arguments: ["COPY numbers TO STDOUT", "COPY numbers FROM STDIN"])
  func copyAsStatement(sql: String) throws {
    try with(connections: 1) { database, _ in
      try database.makeNumbers(3)
      #expect(kind { try database.write { _ = try $0.execute(sql) } } == .statement)
      #expect(try database.count() == 3)
    }
  }

  // MARK: statements

  @Test("more statements than are remembered")
  func manyStatements() throws {
    try with(connections: 1) { database, _ in
      try database.makeNumbers()
      try database.write { connection throws in
        for round in 0..<3 {
          for number in 0..<300 {
            let sql = "INSERT INTO numbers VALUES (? + \(number * 1000))"
            for twice in 0..<2 { try connection.execute(sql, [.integer(round * 2 + twice)]) }
          }
        }
        let prepared = try connection.first("SELECT count(*) FROM pg_prepared_statements") { $0.integer(0) } ?? nil
        #expect((100...201).contains(prepared ?? 0))
      }
      #expect(try database.count() == 1800)
      let left = try database.read {
        try $0.first("SELECT count(*) FROM pg_prepared_statements") { $0.integer(0) }
      }
      #expect(left == 0)
    }
  }

  @Test("settings do not depend on the server")
  func settings() throws {
    try with { database, _ in
      let names = ["client_encoding", "timezone", "synchronous_commit", "standard_conforming_strings", "lock_timeout"]
      let values = try database.read { connection in
        try names.map { name in try connection.first("SHOW \(name)") { $0.text(0) } }
      }
      #expect(values == ["UTF8", "UTC", "on", "on", "10s"])
    }
  }

  @Test("large rows are fetched few at a time")
  func largeRows() throws {
    try with { database, _ in
      try database.read { connection in
        var bytes = 0
        let sql = "SELECT repeat('x', 200000) FROM generate_series(1, 3000)"
        try connection.forEachRow(sql, []) { row in
          bytes += row.withUTF8(0) { $0.count } ?? 0
          return true
        }
        #expect(bytes == 600_000_000)
      }
    }
  }

  @Test("a row that changes within a query with WITH")
  func changesWithin() throws {
    try with { database, _ in
      try database.makeNumbers(3)
      let rows = try database.write { connection in
        try connection.rows(
          "WITH gone AS (DELETE FROM numbers WHERE n > ? RETURNING n) SELECT * FROM gone", [.integer(0)]
        ) {
          $0.integer(0)
        }
      }
      #expect(rows == [1, 2])
      #expect(try database.count() == 1)
    }
  }
}
