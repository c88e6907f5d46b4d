import FEEL
public import Policy

extension Population {
  /// No population, but what may be expected of one: a column for each field, with room for what such a field may hold, of which
  /// anything may be missing. Plans over it show how decisions will be computed before there are facts.
  public init(assumedBy dictionary: DataDictionary, years: ClosedRange<Int>) {
    var tables: [String: ColumnTable] = [:]
    let anything = [Column.State.given, .none, .unknown, .dangling].map(\.rawValue)
    for type in dictionary.types {
      var columns: [ColumnTable.Key: Column] = [:]
      for field in type.fields {
        guard let (kind, low, high) = field.assumed else { continue }
        let column = Column(kind, values: [low, high, low, low, low], states: [0] + anything)
        if field.years == nil {
          columns[ColumnTable.Key(field.name)] = column
        } else {
          for year in years { columns[ColumnTable.Key(field.name, year: year)] = column }
        }
      }
      tables[type.name] = ColumnTable(
        type: type.name, keys: (0..<5).map(String.init), columns: columns, parents: [:])
    }
    self.init(tables: tables)
  }
}

extension Field {
  /// The kind of column, and between which values its cells will lie.
  fileprivate var assumed: (Column.Kind, Int64, Int64)? {
    switch type.kind {
    case .number:
      // Money to ten trillion 元 in fen, shares to a thousandfold in millionths, counts to a billion.
      if type.unit?.isMoney == true { return (.number(scale: 2), -1_000_000_000_000_000, 1_000_000_000_000_000) }
      if type.unit?.isShare == true { return (.number(scale: 6), -1_000_000_000, 1_000_000_000) }
      return (.number(scale: 2), -100_000_000_000, 100_000_000_000)
    case .boolean: return (.truth, 0, 1)
    case .date: return (.date, -25_000, 50_000)
    case .text, .uscc:
      let texts = values.isEmpty ? ["a", "b"] : values
      return (.text(TextPool(texts)), 0, Int64(texts.count - 1))
    case .reference: return type.record.map { (.reference(table: $0), 0, 4) }
    case .list, .context: return nil
    }
  }
}
