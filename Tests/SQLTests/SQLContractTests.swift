import SQL
import TestKit
import Testing

/// What every database behind the door does.
@Suite("The SQL door")
struct SQLContractTests {
  @Test(
    "PostgreSQL is among those tested",
    .enabled(if: PostgreSQLPlace.url != nil, Comment(rawValue: PostgreSQLPlace.missing)))
  func postgreSQLIsTested() { #expect(DatabaseUnderTest.all.contains(.postgreSQL)) }

  private static let values: [[SQLValue]] = [
    [.integer(Int64.min), .text("新疆维吾尔自治区“克拉玛依”🏭"), .text("0.1000"), .text("2024-02-29"), .integer(1), .bytes([])],
    [
      .integer(-1), .text("it's \"quoted\" \\ \\N \\. $1 ?"), .text("-1"), .text("0001-01-01"), .integer(0),
      .bytes([0]),
    ],
    [
      .integer(0), .text("tab\tnew\nreturn\r\u{1}\u{7F}"), .text("1234567890123456789012345678.901234"),
      .text("9999-12-31"),
      .null, .bytes(Array(0...255)),
    ],
    [.integer(1), .text(""), .null, .null, .integer(1), .null],
    [.integer(Int64.max), .null, .text("9999999999999999999999999999999999"), .null, .null, .bytes([0x27, 0x5C, 0])],
  ]

  @Test("gives back what it was given", arguments: DatabaseUnderTest.all)
  func roundTrip(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.write { connection in
        try Everything.create(connection)
        for row in Self.values { try Everything.insert(row, connection) }
        #expect(try Everything.rows(connection) == Self.values)
      }
      #expect(try database.read(Everything.rows) == Self.values)
    }
  }

  @Test("gives back what was inserted among many", arguments: DatabaseUnderTest.all)
  func insertionRoundTrip(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.write { connection in
        try Everything.create(connection)
        let insertion = try connection.insertion(
          into: Everything.table, columns: Everything.columns.dropLast().map(\.name))
        for row in Self.values {
          for cell in row.dropLast() { try add(cell, to: insertion) }
          try insertion.endRow()
        }
        #expect(try insertion.finish() == Self.values.count)
      }
      #expect(try database.read(Everything.rows) == Self.values.map { $0.dropLast() + [.null] })
    }
  }

  private func add(_ cell: SQLValue, to insertion: any SQLInsertion) throws {
    switch cell {
    case .null, .bytes: try insertion.addNull()
    case .integer(let number): try insertion.add(number)
    case .text(let text): try insertion.add(text)
    }
  }

  @Test("lends the bytes of a text", arguments: DatabaseUnderTest.all)
  func lendsBytes(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.write { connection in
        try Everything.create(connection)
        try Everything.insert([.integer(7), .text("企业"), .text("1.50"), .null, .integer(1), .null], connection)
      }
      let cells = try database.read { connection in
        try connection.rows("SELECT * FROM \(database.dialect.quoted(Everything.table))") { row in
          (0..<row.count).map { row.withUTF8($0) { String(decoding: $0, as: UTF8.self) } }
        }
      }
      #expect(cells == [["7", "企业", "1.50", nil, "1", nil]])
    }
  }

  @Test("refuses a zero byte in a text", arguments: DatabaseUnderTest.all)
  func refusesZeroBytes(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.write(Everything.create)
      let row: [SQLValue] = [.integer(1), .text("a\0b"), .null, .null, .null, .null]
      #expect(SQLTests.kind { try database.write { try Everything.insert(row, $0) } } == .constraint)
      #expect(
        SQLTests.kind {
          try database.write { connection in
            let insertion = try connection.insertion(into: Everything.table, columns: ["企业 名称"])
            try insertion.add("a\0b")
          }
        } == .constraint)
      #expect(try database.read(Everything.rows) == [])
    }
  }

  @Test("takes no text for a number", arguments: DatabaseUnderTest.all)
  func refusesOtherTypes(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers()
      let insert = "INSERT INTO numbers VALUES (?)"
      #expect(SQLTests.kind { try database.write { _ = try $0.execute(insert, [.text("many")]) } } == .constraint)
      #expect(
        SQLTests.kind {
          try database.write { connection in
            let insertion = try connection.insertion(into: "numbers", columns: ["n"])
            try insertion.add("many")
            try insertion.endRow()
            _ = try insertion.finish()
          }
        } == .constraint)
      #expect(try database.count() == 0)
    }
  }
}
