import SQL

/// A digest of all that a store holds, the same whichever database holds it.
struct StoreDigest {
  let connection: any SQLConnection

  /// SHA-256 over every table, row by row in the order of its keys; with how many rows there are.
  func digest() throws -> (digits: String, rows: Int) {
    var digest = SHA256()
    var rows = 0
    for table in try StoreTables(connection).all {
      digest.addPart(table.name)
      let columns = table.columns.map { connection.dialect.quoted($0.name) }.joined(separator: ", ")
      let order = table.key.map { connection.dialect.quoted($0) }.joined(separator: ", ")
      try connection.forEachRow(
        "SELECT \(columns) FROM \(connection.dialect.quoted(table.name)) ORDER BY \(order)", []
      ) { row in
        rows += 1
        for (index, column) in table.columns.enumerated() { add(row, index, column.type, to: &digest) }
        return true
      }
    }
    return (digest.digits(), rows)
  }

  private func add(_ row: any SQLRow, _ index: Int, _ type: SQLType, to digest: inout SHA256) {
    guard !row.isNull(index) else { return digest.add("-") }
    switch type {
    case .integer, .truth: digest.addPart(String(row.integer(index) ?? 0))
    case .bytes:
      let bytes = row.bytes(index) ?? []
      digest.addPart(String(bytes.count))
      bytes.withUnsafeBytes { digest.add($0) }
    case .text, .date, .decimal:
      _ = row.withUTF8(index) { text in
        digest.add("\(text.count):")
        digest.add(text)
      }
    }
  }
}

/// The tables of a store with their columns, in an order in which they can be filled.
struct StoreTables {
  struct Table {
    var name: String
    var columns: [(name: String, type: SQLType)]
    /// The columns that rows are told apart by.
    var key: [String]
  }

  let all: [Table]

  init(_ connection: any SQLConnection) throws {
    let known = try KnownDictionary(connection)
    let own = known.types.keys.sorted().flatMap { type -> [Table] in
      let fields = (known.fields[type] ?? [:]).sorted { $0.key < $1.key }
      let key = known.types[type]?.key
      func columns(annual: Bool) -> [(name: String, type: SQLType)] {
        fields.filter { $0.value.isAnnual == annual && $0.key != key }.map { ($0.key, $0.value.columnType) }
      }
      return [
        Table(
          name: RecordTable.name(type),
          columns: zip(RecordTable.own, [.integer, .text, .integer, .date, .date, .truth, .text] as [SQLType]).map {
            ($0, $1)
          } + columns(annual: false), key: ["_statement"]),
        Table(
          name: RecordTable.annualName(type),
          columns: zip(RecordTable.annualOwn, [.integer, .integer, .text] as [SQLType]).map { ($0, $1) }
            + columns(annual: true), key: ["_statement", "_year"]),
      ]
    }
    all = Self.fixed + own
  }

  /// Those that every store has; each behind the ones it leads to.
  private static let fixed = [
    Table(name: "store", columns: [("name", .text), ("value", .text)], key: ["name"]),
    Table(
      name: "pack",
      columns: [("digest", .text), ("id", .text), ("version", .text), ("recorded", .integer), ("files", .bytes)],
      key: ["digest"]),
    Table(
      name: "record_type",
      columns: [("id", .text), ("name", .text), ("key_field", .text), ("owner", .text), ("deprecated", .truth)],
      key: ["id"]),
    Table(
      name: "record_field",
      columns: [
        ("type", .text), ("id", .text), ("name", .text), ("kind", .text), ("dimension", .text), ("scale", .integer),
        ("record", .text), ("annual", .truth), ("owner", .text), ("deprecated", .truth),
      ], key: ["type", "id"]),
    Table(
      name: "source", columns: [("id", .text), ("title", .text), ("authority", .text)], key: ["id"]),
    Table(
      name: "table_shape",
      columns: [
        ("source", .text), ("type", .text), ("header", .text), ("shape", .text), ("recorded", .integer),
        ("actor", .text), ("audit", .integer),
      ], key: ["source", "type", "header"]),
    Table(
      name: "batch",
      columns: [
        ("id", .integer), ("source", .text), ("recorded", .integer), ("confidence", .text), ("valid_from", .date),
        ("valid_to", .date), ("origin", .text), ("actor", .text), ("digest", .text), ("row_count", .integer),
        ("refused", .integer), ("withdraws", .integer), ("synthetic", .truth), ("example", .text), ("audit", .integer),
      ], key: ["id"]),
    Table(
      name: "batch_type",
      columns: [("batch", .integer), ("type", .text), ("row_count", .integer), ("year_count", .integer)],
      key: ["type", "batch"]),
    Table(
      name: "identity",
      columns: [
        ("batch", .integer), ("kind", .text), ("type", .text), ("main_key", .text), ("other_key", .text),
        ("reason", .text),
        ("audit", .integer),
      ], key: ["batch"]),
    Table(
      name: "decision",
      columns: [
        ("id", .integer), ("recorded", .integer), ("actor", .text), ("pack", .text), ("subject", .text),
        ("as_of", .date), ("known", .integer), ("parameters", .text), ("schemes", .text), ("outcome", .text),
        ("audit", .integer),
      ], key: ["id"]),
    Table(
      name: "audit",
      columns: [
        ("id", .integer), ("recorded", .integer), ("actor", .text), ("action", .text), ("subject", .text),
        ("detail", .text), ("previous", .text), ("hash", .text),
      ], key: ["id"]),
  ]
}

extension KnownDictionary.KnownField {
  /// What its column holds.
  var columnType: SQLType {
    switch kind {
    case "number": scale == nil ? .decimal : .integer
    case "boolean": .truth
    case "date": .date
    default: .text
    }
  }
}
