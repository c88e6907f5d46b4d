/// The values of one field for all records of a type, side by side.
///
/// Numbers are whole multiples of 10^-`scale` of the field's base unit (元 with scale 2: fen), dates days since 1970-01-01,
/// truths 0 and 1, texts codes of a ``TextPool``, references row numbers of the table they lead to.
public struct Column: Sendable {
  public enum Kind: Sendable {
    case number(scale: Int)
    case truth
    case date
    case text(TextPool)
    case reference(table: String)
  }

  /// What is known of one cell.
  public enum State: UInt8, Sendable {
    case given = 0
    /// Known to be none (`无`).
    case none = 1
    case unknown = 2
    /// A reference to a record that is not there.
    case dangling = 3
  }

  public let kind: Kind
  let memory: Memory<Int64>
  /// A ``State`` for each row; nil when all are given.
  let stateMemory: Memory<UInt8>?
  /// Of the given values; nil when there are none.
  public let bounds: ClosedRange<Int64>?
  /// The states that occur.
  let occurring: Set<UInt8>

  /// - Parameters:
  ///   - values: one for each row; what stands where nothing is given does not matter.
  ///   - states: one for each row, or none when all are given.
  public init(_ kind: Kind, values: [Int64], states: [UInt8] = []) {
    precondition(states.isEmpty || states.count == values.count, "a state for each value")
    self.kind = kind
    var low = Int64.max, high = Int64.min
    var occurring: Set<UInt8> = []
    if states.isEmpty {
      for value in values { (low, high) = (min(low, value), max(high, value)) }
    } else {
      var seen: (Bool, Bool, Bool) = (false, false, false)
      for (value, state) in zip(values, states) {
        switch state {
        case State.given.rawValue: (low, high) = (min(low, value), max(high, value))
        case State.none.rawValue: seen.0 = true
        case State.unknown.rawValue: seen.1 = true
        default: seen.2 = true
        }
      }
      if seen.0 { occurring.insert(State.none.rawValue) }
      if seen.1 { occurring.insert(State.unknown.rawValue) }
      if seen.2 { occurring.insert(State.dangling.rawValue) }
    }
    // What is not given reads as a value within the bounds, so that arithmetic on it stays within what is proved.
    let filler = low <= high ? low : 0
    memory = Memory(values, zero: 0)
    if !occurring.isEmpty { for row in values.indices where states[row] != 0 { memory.base[row] = filler } }
    stateMemory = occurring.isEmpty ? nil : Memory(states, zero: 0)
    self.occurring = occurring
    bounds = low <= high ? low...high : nil
  }

  public var count: Int { memory.count }
}

/// The distinct texts of a column, numbered.
public final class TextPool: Sendable {
  public let texts: [String]
  private let codes: [String: Int]

  /// - Parameter texts: distinct by code points.
  public init(_ texts: [String]) {
    self.texts = texts
    codes = Dictionary(texts.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public func code(of text: String) -> Int? { codes[text] }
}

/// All records of one type.
public struct ColumnTable: Sendable {
  /// A field, and for one kept per fiscal year the year.
  public struct Key: Hashable, Sendable {
    public var field: String
    public var year: Int?

    public init(_ field: String, year: Int? = nil) {
      self.field = field
      self.year = year
    }
  }

  public let type: String
  public let keys: [String]
  public let columns: [Key: Column]
  /// For each reference field, the rows of this table by the row they lead to.
  let children: [String: Segments]

  public var count: Int { keys.count }

  /// - Parameter parents: how many rows the tables have that references lead to, by type.
  public init(type: String, keys: [String], columns: [Key: Column], parents: [String: Int]) {
    self.type = type
    self.keys = keys
    self.columns = columns
    var children: [String: Segments] = [:]
    for (key, column) in columns {
      guard case .reference(let table) = column.kind else { continue }
      children[key.field] = Segments(of: column, into: parents[table] ?? 0)
    }
    self.children = children
  }
}

/// Rows of a table grouped by the row they refer to, each group in the order of the table.
struct Segments: Sendable {
  /// Where the group of each parent begins in `rows`; one more than there are parents.
  let offsets: [Int32]
  let rows: [Int32]

  init(of references: Column, into parents: Int) {
    var counts = [Int32](repeating: 0, count: parents + 1)
    func parent(_ row: Int) -> Int? {
      if let states = references.stateMemory, states.base[row] != 0 { return nil }
      let parent = Int(references.memory.base[row])
      return parent < parents ? parent : nil
    }
    for row in 0..<references.count { if let parent = parent(row) { counts[parent + 1] += 1 } }
    for index in 1..<max(counts.count, 1) { counts[index] += counts[index - 1] }
    offsets = counts
    var rows = [Int32](repeating: 0, count: Int(counts.last ?? 0))
    for row in 0..<references.count {
      guard let parent = parent(row) else { continue }
      rows[Int(counts[parent])] = Int32(row)
      counts[parent] += 1
    }
    self.rows = rows
  }
}

/// Everything that is known of a population, by record type. A type without a table: nothing is known of such records.
public struct Population: Sendable {
  public let tables: [String: ColumnTable]
  /// By record type, the fields whose values no column can hold exactly: decisions that read them are interpreted.
  public let unsuitable: [String: Set<String>]

  public init(tables: [String: ColumnTable], unsuitable: [String: Set<String>] = [:]) {
    self.tables = tables
    self.unsuitable = unsuitable
  }
}
