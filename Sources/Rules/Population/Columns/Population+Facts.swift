import FEEL
public import Policy

extension Population {
  /// The same facts as columns.
  public init(_ facts: Facts, dictionary: DataDictionary) {
    var rows: [String: [String: Int]] = [:]
    for (type, table) in facts.tables {
      rows[type] = Dictionary(table.rows.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    }
    var tables: [String: ColumnTable] = [:]
    var unsuitable: [String: Set<String>] = [:]
    for type in dictionary.types {
      guard let table = facts[type.name] else { continue }
      var columns: [ColumnTable.Key: Column] = [:]
      for field in type.fields {
        let cells = table.rows.map { $0.cells[field.name] }
        if field.years != nil {
          for year in Set(cells.flatMap { $0.years }).sorted() {
            add(cells.map { $0.cell(of: year) }, ColumnTable.Key(field.name, year: year), field)
          }
          if cells.contains(where: { $0.isNone }) { unsuitable[type.name, default: []].insert(field.name) }
        } else {
          add(cells, ColumnTable.Key(field.name), field)
        }
      }
      func add(_ cells: [FactRow.Cell?], _ key: ColumnTable.Key, _ field: Field) {
        let targets = field.type.record.flatMap { rows[$0] } ?? [:]
        if let column = Column(cells, of: field, targets: targets) {
          columns[key] = column
        } else {
          unsuitable[type.name, default: []].insert(field.name)
        }
      }
      tables[type.name] = ColumnTable(
        type: type.name, keys: table.rows.map(\.key), columns: columns, parents: rows.mapValues(\.count))
    }
    self.init(tables: tables, unsuitable: unsuitable)
  }
}

extension FactRow.Cell? {
  fileprivate var years: [Int] { if case .annual(let values)? = self { Array(values.keys) } else { [] } }

  /// Known to be none in all years.
  fileprivate var isNone: Bool {
    if case .some(.none) = self { true } else { false }
  }

  fileprivate func cell(of year: Int) -> FactRow.Cell? {
    guard case .annual(let values)? = self, let value = values[year] else { return nil }
    return value.map { .value($0) } ?? FactRow.Cell.none
  }
}

extension Column {
  /// - Parameter targets: row numbers by key, of the table that references lead to.
  /// - Returns: nil when the values do not fit a column exactly.
  fileprivate init?(_ cells: [FactRow.Cell?], of field: Field, targets: [String: Int]) {
    var states = [UInt8](repeating: State.given.rawValue, count: cells.count)
    var given: [(row: Int, value: Value)] = []
    var values = [Int64](repeating: 0, count: cells.count)
    for (row, cell) in cells.enumerated() {
      switch cell {
      case nil, .annual?: states[row] = State.unknown.rawValue
      case .some(.none): states[row] = State.none.rawValue
      case .value(let value)?: given.append((row, value))
      case .reference(let key)?:
        if let target = targets[key] { values[row] = Int64(target) } else { states[row] = State.dangling.rawValue }
      }
    }
    func fill(_ convert: (Value) -> Int64?) -> Bool {
      for (row, value) in given {
        guard let converted = convert(value) else { return false }
        values[row] = converted
      }
      return true
    }
    switch field.type.kind {
    case .reference:
      guard given.isEmpty, let record = field.type.record else { return nil }
      self.init(.reference(table: record), values: values, states: states)
    case .number:
      let scale = given.map { $0.value.fractionDigits }.max() ?? 0
      let fits =
        scale <= Self.finestScale
        && fill { value in
          if case .number(let number) = value { number.scaled(by: scale).flatMap { Int64(exactly: $0) } } else { nil }
        }
      guard fits else { return nil }
      self.init(.number(scale: scale), values: values, states: states)
    case .boolean:
      guard fill({ if case .boolean(let truth) = $0 { truth ? 1 : 0 } else { nil } }) else { return nil }
      self.init(.truth, values: values, states: states)
    case .date:
      guard fill({ if case .date(let date) = $0 { Int64(date.dayNumber) } else { nil } }) else { return nil }
      self.init(.date, values: values, states: states)
    case .text, .uscc:
      var texts: [String] = [], codes: [String: Int64] = [:]
      let fits = fill { value in
        guard case .string(let text) = value else { return nil }
        // Texts that differ only in how their letters are composed are one key of a dictionary, and two in FEEL.
        if let code = codes[text] { return texts[Int(code)].utf8.elementsEqual(text.utf8) ? code : nil }
        codes[text] = Int64(texts.count)
        texts.append(text)
        return Int64(texts.count - 1)
      }
      guard fits else { return nil }
      self.init(.text(TextPool(texts)), values: values, states: states)
    case .list, .context: return nil
    }
  }

  /// A finer fraction would leave too little room for what is counted.
  private static let finestScale = 9
}

extension Value {
  /// How many digits stand behind the point; zero for whole numbers and for other values.
  fileprivate var fractionDigits: Int {
    if case .number(let number) = self { number.fractionDigits ?? Int.max } else { 0 }
  }
}

extension Decimal128 {
  /// How many digits stand behind the point; nil for more than 34.
  package var fractionDigits: Int? { (0...34).first { scaled(by: $0) != nil } }
}
