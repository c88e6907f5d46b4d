public import FEEL
public import Policy

/// What one batch says of one record.
public struct Statement: Sendable {
  /// Counts up in the order of recording, within a record type.
  public var id: Int
  /// The key that was said, where it is not the main one of the record.
  public var otherKey: String?
  public var batch: Batch
  public var validity: Validity
  /// What is said, by field; a field without a cell is not spoken of.
  public var cells: [String: FactRow.Cell]
  /// Whether it says that all that was said under its key before is void.
  public var isRetraction: Bool

  public init(
    id: Int, otherKey: String? = nil, batch: Batch, validity: Validity, cells: [String: FactRow.Cell],
    isRetraction: Bool = false
  ) {
    self.id = id
    self.otherKey = otherKey
    self.batch = batch
    self.validity = validity
    self.cells = cells
    self.isRetraction = isRetraction
  }
}

/// All that was said of a record, in the order of recording.
public struct RecordHistory: Sendable {
  public let type: RecordType
  public let key: String
  public let statements: [Statement]

  public init(type: RecordType, key: String, statements: [Statement]) {
    self.type = type
    self.key = key
    self.statements = statements
  }
}

/// A record as it stands on a day, with who says what.
public struct StandingRecord: Sendable {
  /// A value and who says so.
  public struct Reading: Sendable {
    public let cell: FactRow.Cell
    public let statement: Statement
  }

  /// A field, or one fiscal year of it.
  public struct Entry: Hashable, Sendable {
    public var field: String
    public var year: Int?

    public init(field: String, year: Int? = nil) {
      self.field = field
      self.year = year
    }
  }

  public let key: String
  /// The values that count.
  public let cells: [String: FactRow.Cell]
  /// Of each field what counts first, then what was said beside it, by the order of authority.
  public let readings: [Entry: [Reading]]

  /// Entries of which sources say different things.
  public var disputed: [Entry] {
    readings.filter { _, readings in readings.dropFirst().contains { $0.cell.differs(from: readings[0].cell) } }.map(
      \.key)
  }
}

extension RecordHistory {
  /// What stands on a day; nil when there is no such record then.
  ///
  /// A retraction voids what was said under its key before it. Of what is said of a field, each source's last word counts, of one
  /// batch the one under the main key; between sources, the one whom the dictionary names to provide the field, then the general
  /// order of authority, then confidence, then the later.
  /// Values of fiscal years are true of their year on whatever day they are asked for.
  public func standing(on day: CalendarDate) -> StandingRecord? {
    let counting = counting(on: day)
    guard counting.contains(where: { $0.validity.contains(day) }) else { return nil }
    var said: [StandingRecord.Entry: [StandingRecord.Reading]] = [:]
    for statement in counting {
      let isValid = statement.validity.contains(day)
      for (field, cell) in statement.cells {
        if case .annual(let years) = cell {
          for (year, value) in years {
            let single = FactRow.Cell.annual([year: value])
            said[.init(field: field, year: year), default: []].append(.init(cell: single, statement: statement))
          }
        } else if isValid {
          said[.init(field: field), default: []].append(.init(cell: cell, statement: statement))
        }
      }
    }
    let readings = Dictionary(uniqueKeysWithValues: said.map { ($0, ranked($1, $0.field)) })
    return StandingRecord(key: key, cells: Self.cells(of: readings), readings: readings)
  }

  /// Statements that no retraction of the day voids, on whatever days they are true.
  private func counting(on day: CalendarDate) -> [Statement] {
    var void: [String?: Int] = [:]
    for statement in statements where statement.isRetraction && statement.validity.contains(day) {
      void[statement.otherKey] = statement.id
    }
    return void.isEmpty ? statements : statements.filter { $0.id > void[$0.otherKey] ?? .min }
  }

  private func ranked(_ readings: [StandingRecord.Reading], _ field: String) -> [StandingRecord.Reading] {
    guard readings.count > 1 else { return readings }
    var lastWords: [String: StandingRecord.Reading] = [:]
    for reading in readings {
      let source = reading.statement.batch.source.id
      if let known = lastWords[source], known.statement.outdoes(reading.statement) { continue }
      lastWords[source] = reading
    }
    let authority = type.field(named: field)?.authority
    return lastWords.values.sorted { a, b in
      let (first, second) = (a.statement.rank(authority), b.statement.rank(authority))
      return first == second ? a.statement.id > b.statement.id : first < second
    }
  }

  private static func cells(of readings: [StandingRecord.Entry: [StandingRecord.Reading]]) -> [String: FactRow.Cell] {
    var cells: [String: FactRow.Cell] = [:]
    for (entry, readings) in readings {
      guard let first = readings.first else { continue }
      guard case .annual(let own) = first.cell, case .annual(let others)? = cells[entry.field] else {
        cells[entry.field] = first.cell
        continue
      }
      cells[entry.field] = .annual(others.merging(own) { $1 })
    }
    return cells
  }
}

extension Statement {
  /// Whether it counts although another of its batch comes behind it: what is said under the main key goes before what is said
  /// under another.
  fileprivate func outdoes(_ later: Statement) -> Bool {
    otherKey == nil && later.otherKey != nil && batch.id == later.batch.id
  }

  /// Where its source stands for a field, less is higher.
  fileprivate func rank(_ provider: Field.Authority?) -> Int {
    let source = batch.source.authority
    let order = source == provider ? 0 : 1 + (Self.order.firstIndex(of: source) ?? Self.order.count)
    return order * Confidence.allCases.count + (Confidence.allCases.firstIndex(of: batch.confidence) ?? 0)
  }

  /// Between those whom the dictionary does not name.
  private static let order: [Field.Authority] = [.office, .institution, .expert, .enterprise]
}

extension FactRow.Cell {
  /// Whether two cells say different things.
  public func differs(from other: FactRow.Cell) -> Bool {
    switch (self, other) {
    case (.none, .none): false
    case (.value(let a), .value(let b)): a.isEqual(to: b) != true
    case (.reference(let a), .reference(let b)): a != b
    case (.annual(let a), .annual(let b)):
      a.keys != b.keys
        || a.contains { year, value in
          switch (value, b[year] ?? nil) {
          case (nil, nil): false
          case (let own?, let other?): own.isEqual(to: other) != true
          default: true
          }
        }
    default: true
    }
  }
}
