import Diagnostics
import JSON
import Population

/// What a column file says of its parts. Read from outside: every number is checked before it is used.
struct ColumnFileHeader {
  struct Part {
    /// From the first multiple of 64 behind the header.
    var offset: Int
    var size: Int
    var checksum: UInt64
  }

  /// Parts by number.
  struct Texts: Hashable {
    var bytes: Int
    var offsets: Int
    var width: CellWidth
    var count: Int
  }

  enum Kind {
    case number(scale: Int)
    case truth
    case date
    case text(Texts)
    case reference(table: String)
  }

  struct Column {
    var key: ColumnTable.Key
    var kind: Kind
    var width: CellWidth
    var cells: Int
    var states: Int?
    var bounds: ClosedRange<Int64>?
    var occurring: Set<UInt8>
  }

  /// Rows grouped by what a reference field leads to.
  struct Children {
    var field: String
    var offsets: Int
    var rows: Int
    /// How many rows lead somewhere.
    var count: Int
  }

  struct Table {
    var type: String
    var rows: Int
    var keys: Texts
    var columns: [Column]
    var children: [Children]
    var unsuitable: [String]
  }

  var dictionary: String
  var provenance: Provenance?
  var sources: [Snapshot.Source]
  var parts: [Part]
  var tables: [Table]
  /// Bytes behind the header.
  var dataSize = 0
}

// MARK: - Writing

extension ColumnFileHeader {
  var json: JSONValue {
    [
      "dictionary": .string(dictionary), "provenance": provenance?.json ?? .null,
      "sources": .array(
        sources.map { ["file": .string($0.file), "bytes": .integer($0.bytes), "digest": .string($0.digest)] }),
      "tables": .array(tables.map(\.json)),
      "parts": .array(
        parts.map { [.integer($0.offset), .integer($0.size), .string($0.checksum.sixteenDigits)] }),
    ]
  }
}

extension ColumnFileHeader.Table {
  fileprivate var json: JSONValue {
    [
      "type": .string(type), "rows": .integer(rows), "keys": keys.json, "columns": .array(columns.map(\.json)),
      "children": .array(
        children.map {
          [
            "field": .string($0.field), "offsets": .integer($0.offsets), "rows": .integer($0.rows),
            "count": .integer($0.count),
          ]
        }),
      "unsuitable": .strings(unsuitable),
    ]
  }
}

extension ColumnFileHeader.Texts {
  fileprivate var json: JSONValue {
    [
      "bytes": .integer(bytes), "offsets": .integer(offsets), "width": .integer(width.bytes), "count": .integer(count),
    ]
  }
}

extension ColumnFileHeader.Column {
  fileprivate var json: JSONValue {
    let kind: (String, String, JSONValue)? =
      switch self.kind {
      case .number(let scale): ("number", "scale", .integer(scale))
      case .truth: ("truth", "", .null)
      case .date: ("date", "", .null)
      case .text(let texts): ("text", "texts", texts.json)
      case .reference(let table): ("reference", "table", .string(table))
      }
    var members: [JSONValue.Member] = [.init("field", .string(key.field))]
    if let year = key.year { members.append(.init("year", .integer(year))) }
    if let kind {
      members.append(.init("kind", .string(kind.0)))
      if !kind.1.isEmpty { members.append(.init(kind.1, kind.2)) }
    }
    members += [.init("width", .integer(width.bytes)), .init("cells", .integer(cells))]
    if let states { members.append(.init("states", .integer(states))) }
    if let bounds {
      members.append(.init("bounds", [.integer(Int(bounds.lowerBound)), .integer(Int(bounds.upperBound))]))
    }
    members.append(.init("occurring", .array(occurring.sorted().map { .integer(Int($0)) })))
    return .object(members)
  }
}
