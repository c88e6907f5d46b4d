import Foundation
import Policy
import Population

/// A CSV file of whole numbers under a header; an empty cell is a known none.
struct IntegerTable {
  private(set) var count = 0
  private var header: [String] = []
  private var values: [[Int64]] = []
  private var states: [[UInt8]] = []

  struct Malformed: Error, CustomStringConvertible {
    var description: String
  }

  init(path: String, limit: Int) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    guard let end = data.firstIndex(of: UInt8(ascii: "\n")) else { throw Malformed(description: "\(path): no header") }
    header = String(decoding: data[..<end], as: UTF8.self).split(separator: ",").map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" \r"))
    }
    values = Array(repeating: [], count: header.count)
    states = Array(repeating: [], count: header.count)
    for column in header.indices {
      values[column].reserveCapacity(limit)
      states[column].reserveCapacity(limit)
    }
    try data.withUnsafeBytes { bytes in try read(bytes, from: end + 1, limit: limit, path) }
  }

  private mutating func read(_ bytes: UnsafeRawBufferPointer, from start: Int, limit: Int, _ path: String) throws {
    var position = start
    while position < bytes.count, count < limit {
      for column in header.indices {
        let isNegative = position < bytes.count && bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var value: Int64 = 0
        let first = position
        while position < bytes.count, bytes[position] &- 48 < 10 {
          value = value * 10 + Int64(bytes[position] &- 48)
          position += 1
        }
        values[column].append(isNegative ? -value : value)
        states[column].append(position == first ? Column.State.none.rawValue : Column.State.given.rawValue)
        guard position >= bytes.count || [10, 13, 44].contains(bytes[position]) else {
          throw Malformed(description: "\(path): row \(count + 2), \(header[column]): not a whole number")
        }
        if position < bytes.count, bytes[position] == 13 { position += 1 }
        position += 1
      }
      count += 1
    }
  }

  var identifiers: [Int64] { values(of: "id") }

  func values(of name: String) -> [Int64] { header.firstIndex(of: name).map { values[$0] } ?? [] }

  /// The columns of a record type whose ids the header names.
  func columns(of type: RecordType) -> ColumnTable {
    var columns: [ColumnTable.Key: Column] = [:]
    for (index, name) in header.enumerated() {
      guard let field = type.field(named: name), field.name != type.key else { continue }
      columns[ColumnTable.Key(field.name)] = Column(.number(scale: 0), values: values[index], states: states[index])
    }
    return ColumnTable(type: type.name, keys: (0..<count).map(String.init), columns: columns, parents: [:])
  }
}
