import SQL
import TestKit
import Testing

extension SQLContractTests {
  // MARK: statements

  @Test("a ? between quotes is a letter", arguments: DatabaseUnderTest.all)
  func placeholders(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers(3)
      let sql = """
        SELECT '?''?', n AS "a?" /* ? */ FROM numbers -- what?
        WHERE n >= ? AND n < ?
        """
      let rows = try database.read {
        try $0.rows(sql, [.integer(1), .integer(2)]) { [$0.text(0), $0.text(1)] }
      }
      #expect(rows == [["?'?", "1"]])
    }
  }

  @Test("several statements at once", arguments: DatabaseUnderTest.all)
  func severalStatements(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers()
      try database.write { connection in
        _ = try connection.execute("INSERT INTO numbers VALUES (1); INSERT INTO numbers VALUES (2), (3);")
      }
      #expect(try database.count() == 3)
    }
  }

  @Test("tells how many rows were changed", arguments: DatabaseUnderTest.all)
  func countsChanges(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers(10)
      try database.write { connection throws in
        #expect(try connection.execute("DELETE FROM numbers WHERE n < ?", [.integer(4)]) == 4)
        #expect(try connection.execute("UPDATE numbers SET n = n + 100") == 6)
        for number in 0..<5 {
          #expect(try connection.execute("INSERT INTO numbers VALUES (?)", [.integer(number)]) == 1)
        }
        #expect(try connection.execute("DELETE FROM numbers WHERE n = ?", [.integer(-1)]) == 0)
      }
      #expect(try database.count() == 11)
    }
  }

  @Test("RETURNING hands out what was written", arguments: DatabaseUnderTest.all)
  func returning(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers()
      try database.write { connection throws in
        for number in 1...3 {
          let sql = "INSERT INTO numbers VALUES (?), (?) RETURNING n * 2"
          let rows = try connection.rows(sql, [.integer(number), .integer(number + 10)]) { $0.integer(0) }
          #expect(rows == [Int64(number) * 2, Int64(number) * 2 + 20])
        }
        #expect(try connection.first("DELETE FROM numbers RETURNING n") { $0.integer(0) } != nil)
      }
      #expect(try database.count() == 0)
    }
  }

  @Test("a table that is altered is known as it is", arguments: DatabaseUnderTest.all)
  func alteredTables(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers(1)
      let all = { (connection: any SQLConnection) in
        try connection.rows("SELECT * FROM numbers ORDER BY n LIMIT 9") { row in (0..<row.count).map { row.text($0) } }
      }
      for _ in 0..<3 { #expect(try database.read(all) == [["0"]]) }
      try database.write { connection throws in
        for _ in 0..<3 { #expect(try all(connection) == [["0"]]) }
        try connection.execute("ALTER TABLE numbers ADD COLUMN note \(database.dialect.name(of: .text))")
        #expect(try all(connection) == [["0", nil]])
        for number in 1...3 {
          try connection.execute("INSERT INTO numbers VALUES (?, ?)", [.integer(number), .text("n\(number)")])
        }
      }
      for _ in 0..<3 { #expect(try database.read(all) == [["0", nil], ["1", "n1"], ["2", "n2"], ["3", "n3"]]) }
    }
  }

  @Test("a statement that it does not understand is our mistake", arguments: DatabaseUnderTest.all)
  func mistakes(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers(1)
      for sql in [
        "SELEC 1", "SELECT nothing FROM numbers", "SELECT 1 FROM nowhere", "SELECT n FROM numbers WHERE n = ?",
      ] {
        let error = #expect(throws: SQLError.self) { try database.read { _ = try $0.rows(sql) { $0.text(0) } } }
        #expect(error?.kind == .statement)
        #expect(error?.sql == sql)
      }
      #expect(
        SQLTests.kind { try database.write { _ = try $0.execute("INSERT INTO nowhere VALUES (1)") } } == .statement)
      #expect(try database.count() == 1)
    }
  }

  // MARK: queries

  @Test("many rows come one after another, in order", arguments: DatabaseUnderTest.all)
  func manyRows(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers(20_000)
      var expected: Int64 = 0
      try database.read { connection in
        try connection.forEachRow("SELECT n FROM numbers ORDER BY n", []) { row in
          guard row.integer(0) == expected else { return false }
          expected += 1
          return true
        }
      }
      #expect(expected == 20_000)
    }
  }

  @Test("a query that is ended early leaves the transaction whole", arguments: DatabaseUnderTest.all)
  func earlyEnd(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers(20_000)
      try database.write { connection throws in
        for stop in [0, 99, 100, 7000] {
          var seen = 0
          try connection.forEachRow("SELECT n FROM numbers ORDER BY n", []) { _ in
            seen += 1
            return seen <= stop
          }
          #expect(seen == stop + 1)
          #expect(throws: Unwilling.self) {
            try connection.forEachRow("SELECT n FROM numbers", []) { _ in throw Unwilling() }
          }
          #expect(try connection.first("SELECT count(*) FROM numbers") { $0.integer(0) } == 20_000)
          try connection.execute("UPDATE numbers SET n = -1 WHERE n = ?", [.integer(5)])
          try connection.execute("UPDATE numbers SET n = 5 WHERE n = -1")
        }
        try connection.execute("ALTER TABLE numbers ADD COLUMN more \(database.dialect.name(of: .text))")
      }
    }
  }

  @Test("within a query others may be asked", arguments: DatabaseUnderTest.all)
  func queriesWithin(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers(1000)
      try database.read { connection in
        var sum: Int64 = 0
        try connection.forEachRow("SELECT n FROM numbers ORDER BY n", []) { row in
          let next = try connection.first("SELECT n FROM numbers WHERE n > ? ORDER BY n", [.optional(row.integer(0))]) {
            $0.integer(0)
          }
          sum += (next ?? nil) ?? 0
          return true
        }
        #expect(sum == 999 * 1000 / 2)
      }
    }
  }
}
