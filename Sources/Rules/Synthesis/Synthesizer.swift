import Diagnostics
public import Policy

/// Makes the rows of a synthetic region: those that are written out first, then those that are drawn.
///
/// The same region, fixed rows, count and seed give the same rows. Rows are handed on one by one; none is kept.
public struct Synthesizer {
  /// One record type's table.
  public struct Table: Sendable {
    /// The record type's name.
    public let record: String
    public let header: [String]
    /// For each rule of the record type, the columns of its slots.
    fileprivate let columns: [(rule: Int, columns: [Int])]
  }

  public let tables: [Table]
  private let region: Region
  private let fixed: [String: RawTable]
  private var drawing: Drawing

  /// - Parameters:
  ///   - fixed: rows to take as they are, by record type name.
  ///   - count: how many subjects to draw, instead of the number in the region.
  ///   - seed: instead of the region's.
  public init(
    _ region: Region, dictionary: DataDictionary, fixed: [String: RawTable] = [:], count: Int? = nil,
    seed: UInt64? = nil
  ) {
    var region = region
    let subject = dictionary.types.first { $0.role == .subject }?.name
    if let count, let rule = region.rules.firstIndex(where: { $0.record == subject }) {
      region.rules[rule].number = .fixed(count)
    }
    self.region = region
    self.fixed = fixed
    tables = dictionary.types.compactMap { Synthesizer.table($0, region, fixed[$0.name]) }
    let codes = CreditCodes(
      avoiding: fixed.values.flatMap { $0.rows.flatMap { $0.map(\.text) } }, prefixes: region.codePrefixes)
    drawing = Drawing(region: region, seed: seed ?? region.seed, codes: codes)
    for pool in region.pools { drawing.pools.append(keys(of: pool, dictionary)) }
  }

  /// Calls `body` with every row of a table, in the order of its header.
  public func forEachRow<E: Error>(of table: Table, _ body: ([String]) throws(E) -> Void) throws(E) {
    for row in fixed[table.record]?.rows ?? [] {
      try body(row.map(\.text) + Array(repeating: "", count: table.header.count - row.count))
    }
    let none = Catalogue.shared.text("synthesis.word.none", in: .chinese)
    for (rule, columns) in table.columns {
      let slots = Set(0..<region.rules[rule].slots)
      try forEachFrame(of: rule, wanted: slots, above: []) { frame throws(E) in
        var row = Array(repeating: "", count: table.header.count)
        for position in region.rules[rule].fields.indices {
          let cells = drawing.cells(ofField: position, in: frame, rule: rule, none: none)
          for (slot, cell) in zip(region.rules[rule].fields[position].slots, cells) { row[columns[slot]] = cell }
        }
        try body(row)
      }
    }
  }

  private static func table(_ type: RecordType, _ region: Region, _ fixed: RawTable?) -> Table? {
    let rules = region.rules.indices.filter { region.rules[$0].record == type.name }
    guard fixed != nil || !rules.isEmpty else { return nil }
    var header = fixed?.header.map(\.text) ?? []
    let columns = rules.map { rule in
      let columns = region.rules[rule].headers.map { name in
        if let known = header.firstIndex(of: name) { return known }
        header.append(name)
        return header.count - 1
      }
      return (rule, columns)
    }
    return Table(record: type.name, header: header, columns: columns)
  }

  private func keys(of pool: Pool, _ dictionary: DataDictionary) -> [String] {
    var keys = fixedKeys(of: pool, dictionary)
    for rule in pool.rules {
      let conditions = conditions(pool.conditions, on: rule)
      guard conditions.count == pool.conditions.count else { continue }
      let key = region.rules[rule].key
      forEachFrame(of: rule, wanted: Set(conditions.map(\.slot) + [key]), above: []) { frame in
        if Synthesizer.holds(conditions, in: frame) { keys.append(frame.values[key].cell) }
      }
    }
    return keys
  }

  private func fixedKeys(of pool: Pool, _ dictionary: DataDictionary) -> [String] {
    guard let table = fixed[pool.record], let type = dictionary[pool.record] else { return [] }
    func column(_ name: String) -> Int? {
      let field = type.field(named: name)
      return table.header.firstIndex { $0.text == field?.name || $0.text == field?.id }
    }
    guard let key = column(type.key) else { return [] }
    let conditions = pool.conditions.map { (column: column($0.field), texts: $0.texts) }
    return table.rows.filter { row in
      conditions.allSatisfy { condition in condition.column.map { condition.texts.contains(row[$0].text) } ?? false }
    }.map { $0[key].text }
  }

  private func conditions(_ conditions: [RowRule.Condition], on rule: Int) -> [(slot: Int, texts: [String])] {
    conditions.compactMap { condition in
      region.rules[rule].field(named: condition.field).map { ($0.slots.lowerBound, condition.texts) }
    }
  }

  private static func holds(_ conditions: [(slot: Int, texts: [String])], in frame: Frame) -> Bool {
    conditions.allSatisfy { $0.texts.contains(frame.values[$0.slot].cell) }
  }

  /// Draws a rule's rows one after the other, with the rows they are drawn for above them.
  private func forEachFrame<E: Error>(
    of rule: Int, wanted: Set<Int>, above: [Set<Int>], _ body: (Frame) throws(E) -> Void
  ) throws(E) {
    let needs = Needs(region: region).fields(of: rule, wanted: wanted, above: above)
    switch region.rules[rule].number {
    case .fixed(let count):
      let frame = Frame(slots: region.rules[rule].slots, parent: nil)
      for number in 0..<count {
        frame.number = number
        drawing.drawRow(frame, rule: rule, fields: needs.fields)
        try body(frame)
      }
    case .each(let parent, let list, let share, let rows):
      let conditions = conditions(list, on: parent)
      var frame: Frame?
      var number = 0
      let wanted = needs.above.first ?? [], beyond = Array(needs.above.dropFirst())
      try forEachFrame(of: parent, wanted: wanted, above: beyond) { parentFrame throws(E) in
        guard Synthesizer.holds(conditions, in: parentFrame) else { return }
        let own = frame ?? Frame(slots: region.rules[rule].slots, parent: parentFrame)
        frame = own
        own.previous = nil
        for _ in 0..<drawing.rows(for: parentFrame, rule: rule, share: share, rows) {
          own.number = number
          drawing.drawRow(own, rule: rule, fields: needs.fields)
          try body(own)
          own.previous = own.values
          number += 1
        }
      }
    }
  }
}

extension Region {
  fileprivate var codePrefixes: [String] {
    rules.flatMap(\.fields).compactMap { if case .code(_, let prefix) = $0.distribution { prefix } else { nil } }
  }
}
