import SQL
import Synchronization
import TestKit
import Testing

extension SQLContractTests {
  @Test("what throws has not been", arguments: DatabaseUnderTest.all)
  func rollsBack(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers(1)
      #expect(throws: Unwilling()) {
        try database.write { connection in
          try connection.execute("INSERT INTO numbers VALUES (1)")
          try connection.execute("CREATE TABLE other (a \(database.dialect.name(of: .text)))")
          throw Unwilling()
        }
      }
      #expect(try database.count() == 1)
      #expect(
        SQLTests.kind { try database.read { _ = try $0.rows("SELECT * FROM other") { $0.text(0) } } } == .statement)
    }
  }

  @Test("a reader sees one state while a writer goes on", arguments: DatabaseUnderTest.all)
  func readsOneState(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers(3)
      try database.read { connection in
        let count = { try connection.first("SELECT count(*) FROM numbers") { $0.integer(0) } }
        #expect(try count() == 3)
        try database.write { _ = try $0.execute("INSERT INTO numbers VALUES (100)") }
        #expect(try count() == 3)
        #expect(try database.count() == 4)
      }
      #expect(try database.count() == 4)
    }
  }

  @Test("a reader may not write", arguments: DatabaseUnderTest.all)
  func readersMayNotWrite(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers(1)
      #expect(
        SQLTests.kind { try database.read { _ = try $0.execute("INSERT INTO numbers VALUES (9)") } } == .statement)
      #expect(SQLTests.kind { try database.read { _ = try $0.execute("DELETE FROM numbers") } } == .statement)
      #expect(SQLTests.kind { try database.read { try $0.announce("x") } } == .statement)
      #expect(
        SQLTests.kind { try database.read { _ = try $0.insertion(into: "numbers", columns: ["n"]) } } == .statement)
      #expect(try database.count() == 1)
    }
  }

  @Test("a second writer is refused when the first does not end in time", arguments: DatabaseUnderTest.all)
  func secondWriter(kind: DatabaseUnderTest) throws {
    try kind.withPlace { place in
      let database = try place.open()
      let hasty = try place.open(connections: 2, patience: .milliseconds(300))
      try database.makeNumbers()
      var waited = Duration.zero
      try database.write { connection in
        try connection.execute("INSERT INTO numbers VALUES (1)")
        waited = ContinuousClock().measure {
          #expect(SQLTests.kind { try hasty.write { _ = try $0.execute("INSERT INTO numbers VALUES (2)") } } == .busy)
        }
        #expect(try hasty.count() == 0)
      }
      #expect(waited >= .milliseconds(250) && waited < .seconds(5))
      try hasty.write { _ = try $0.execute("INSERT INTO numbers VALUES (2)") }
      #expect(try database.count() == 2)
    }
  }

  @Test("writers of one process and another take turns, and none is lost", arguments: DatabaseUnderTest.all)
  func writersTakeTurns(kind: DatabaseUnderTest) throws {
    try kind.withPlace { place in
      let databases = [try place.open(), try place.open()]
      try databases[0].makeNumbers(1)
      let failed = Atomic(0)
      onThreads(8) { number in
        for _ in 0..<10 {
          let next = { (connection: any SQLConnection) in
            let last = try connection.first("SELECT max(n) FROM numbers LIMIT 1") { $0.integer(0) } ?? nil
            try connection.execute("INSERT INTO numbers VALUES (?)", [.integer((last ?? 0) + 1)])
          }
          do { _ = try databases[number % 2].write(next) } catch { failed.add(1, ordering: .relaxed) }
        }
      }
      #expect(failed.load(ordering: .relaxed) == 0)
      #expect(try databases[0].count() == 81)
    }
  }
}
