import SQL
import TestKit
import Testing

extension SQLContractTests {
  @Test("a hundred thousand rows of all types", arguments: DatabaseUnderTest.all)
  func largeInsertion(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      let names = Everything.columns.dropLast().map(\.name)
      try database.write { connection in
        try Everything.create(connection)
        let insertion = try connection.insertion(into: Everything.table, columns: names)
        for number in 0..<100_000 {
          try insertion.add(Int64(number))
          try insertion.add(number % 7 == 0 ? nil : "企业\t\(number)\\")
          try insertion.add("\(number).25")
          try insertion.add("2024-02-\(10 + number % 19)")
          try insertion.add(number % 3 == 0 ? nil : Int64(number & 1))
          try insertion.endRow()
        }
        #expect(try insertion.finish() == 100_000)
      }
      let rows = try database.read(Everything.rows)
      #expect(rows.count == 100_000)
      #expect(
        rows[99_998] == [
          .integer(99_998), .text("企业\t99998\\"), .text("99998.25"), .text("2024-02-11"), .integer(0), .null,
        ] || rows[99_998][3] == .text("2024-02-\(10 + 99_998 % 19)"))
    }
  }

  @Test("a text longer than any buffer", arguments: DatabaseUnderTest.all)
  func longText(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      let text = String(repeating: "企\\\n", count: 200_000)
      try database.write { connection in
        try Everything.create(connection)
        let insertion = try connection.insertion(into: Everything.table, columns: ["id", "企业 名称"])
        for number in 0..<3 {
          try insertion.add(Int64(number))
          try insertion.add(text)
          try insertion.endRow()
        }
        #expect(try insertion.finish() == 3)
        try Everything.insert([.integer(3), .text(text), .null, .null, .null, .null], connection)
      }
      let texts = try database.read(Everything.rows).map { $0[1] }
      #expect(texts == [SQLValue](repeating: .text(text), count: 4))
    }
  }

  @Test("an insertion that breaks a rule leaves nothing", arguments: DatabaseUnderTest.all)
  func insertionBreaksRule(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers(5)
      let error = #expect(throws: SQLError.self) {
        try database.write { connection in
          try connection.execute("INSERT INTO numbers VALUES (1000)")
          let insertion = try connection.insertion(into: "numbers", columns: ["n"])
          for number in [50, 51, 3, 52] as [Int64] {
            try insertion.add(number)
            try insertion.endRow()
          }
          _ = try insertion.finish()
        }
      }
      #expect(error?.kind == .constraint)
      #expect(try database.count() == 5)
    }
  }

  @Test("after an insertion the transaction goes on", arguments: DatabaseUnderTest.all)
  func afterInsertion(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers()
      try database.write { connection throws in
        for round in 0..<3 as Range<Int64> {
          let insertion = try connection.insertion(into: "numbers", columns: ["n"])
          try insertion.add(round)
          try insertion.endRow()
          #expect(try insertion.finish() == 1)
          #expect(try connection.first("SELECT count(*) FROM numbers") { $0.integer(0) } == round + 1)
        }
        #expect(try connection.insertion(into: "numbers", columns: ["n"]).finish() == 0)
      }
      #expect(try database.count() == 3)
    }
  }
}
