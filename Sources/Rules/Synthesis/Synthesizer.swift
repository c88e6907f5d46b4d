import Diagnostics
import Dispatch
public import Policy

/// Makes the rows of a synthetic region: those that are written out first, then those that are drawn.
///
/// The same region, fixed rows, count and seed give the same rows, whatever the number of workers. Rows are handed on
/// block by block; none is kept.
public struct Synthesizer: Sendable {
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
  private let plan: Plan
  private let places: [String: Int]

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
    let fixedKeys = region.pools.map { Synthesizer.fixedKeys(of: $0, fixed, dictionary) }
    let builder = PlanBuilder(
      region, seed: seed ?? region.seed, none: Catalogue.shared.text("synthesis.word.none", in: .chinese),
      others: fixedKeys.flatMap { $0 } + region.pools.flatMap { $0.conditions.flatMap(\.texts) })
    places = Dictionary(uniqueKeysWithValues: builder.texts.enumerated().map { ($1, $0) })
    let codes = CreditCodes(
      avoiding: fixed.values.flatMap { $0.rows.flatMap { $0.map(\.text) } }, prefixes: builder.codeForms.map(\.prefix))
    plan = Plan(builder, codes: codes)
    for (pool, keys) in fixedKeys.enumerated() {
      plan.setPool(pool, keys.compactMap { places[$0].map(Drawn.text) } + drawnKeys(of: region.pools[pool]))
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

  // MARK: - Keys that references lead to

  private static func fixedKeys(
    of pool: Pool, _ fixed: [String: RawTable], _ dictionary: DataDictionary
  ) -> [String] {
    guard let table = fixed[pool.record], let type = dictionary[pool.record] else { return [] }
    func column(_ name: String) -> Int? {
      let field = type.field(named: name)
      return table.header.firstIndex { $0.text == field?.name || $0.text == field?.id }
    }
    guard let key = column(type.key) else { return [] }
    let conditions = pool.conditions.map { (column: column($0.field), texts: $0.texts) }
    return table.rows.filter { row in
      conditions.allSatisfy { condition in
        condition.column.map { $0 < row.count && condition.texts.contains(row[$0].text) } ?? false
      }
    }.compactMap { key < $0.count ? $0[key].text : nil }
  }

  private func drawnKeys(of pool: Pool) -> [Drawn] {
    var keys: [Drawn] = []
    for rule in pool.rules {
      let conditions = Lineage.resolved(pool.conditions, on: region.rules[rule]) { places[$0] }
      guard conditions.count == pool.conditions.count else { continue }
      let key = region.rules[rule].key
      let lineage = lineage(rule, wanted: Set(conditions.map(\.slot) + [key]))
      let walker = Walker(lineage, plan: plan)
      walker.walk(0..<roots(of: lineage), starts: Array(repeating: 0, count: lineage.depth - 1)) { frame in
        let values = frame.pointee.values
        let holds = conditions.allSatisfy { condition in
          condition.texts.withUnsafeBufferPointer { walker.isOne(values[condition.slot], of: $0) }
        }
        if holds { keys.append(values[key]) }
      }
    }
    return keys
  }

  private func lineage(_ rule: Int, wanted: Set<Int>) -> Lineage {
    Lineage(region, rule: rule, wanted: wanted) { places[$0] }
  }

  /// How many outermost rows there are.
  private func roots(of lineage: Lineage) -> Int {
    if case .fixed(let count) = region.rules[lineage.levels.base[0].rule].number { return count }
    return 0
  }
}

// MARK: - Rows

/// Rows of a table as the text of a CSV file: cells by commas, every row ends with a line feed.
public struct RowBlock: ~Copyable {
  public let rows: Int
  fileprivate let buffer: CellBuffer

  public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    try body(buffer.bytes)
  }
}

extension Synthesizer {
  /// So many outermost rows are worked on at once.
  static let rowsPerBlock = 2048

  /// Hands on a table's rows in order, without the header.
  /// - Parameter workers: how many blocks are drawn side by side. Working memory grows with it, and with the width of
  ///   the table, not with the number of rows.
  public func forEachBlock<E: Error>(
    of table: Table, workers: Int = 1, _ body: (borrowing RowBlock) throws(E) -> Void
  ) throws(E) {
    if let rows = fixed[table.record]?.rows {
      let buffer = CellBuffer()
      for row in rows {
        for column in table.header.indices {
          if column > 0 { buffer.append(UInt8(ascii: ",")) }
          if column < row.count { buffer.appendCell(row[column].text) }
        }
        buffer.append(UInt8(ascii: "\n"))
      }
      try body(RowBlock(rows: rows.count, buffer: buffer))
    }
    for (rule, columns) in table.columns {
      let lineage = lineage(rule, wanted: writtenSlots(of: rule))
      let form = form(of: rule, columns, width: table.header.count)
      let starts = starts(of: lineage, workers: workers)
      try forEachBlock(lineage, form, starts, workers: max(workers, 1), body)
    }
  }

  private func forEachBlock<E: Error>(
    _ lineage: Lineage, _ form: RowForm, _ starts: [[Int]], workers: Int,
    _ body: (borrowing RowBlock) throws(E) -> Void
  ) throws(E) {
    let roots = roots(of: lineage), blocks = blocks(roots)
    let makers = (0..<workers * 2).map { _ in BlockMaker(lineage, form, plan) }
    for wave in stride(from: 0, to: blocks, by: makers.count) {
      let inWave = min(makers.count, blocks - wave)
      let made = { @Sendable (place: Int) in
        let block = wave + place
        makers[place].make(Synthesizer.range(block, of: roots), starts: starts.map { $0[block] })
      }
      if workers == 1 {
        for place in 0..<inWave { made(place) }
      } else {
        DispatchQueue.concurrentPerform(iterations: inWave, execute: made)
      }
      for place in 0..<inWave { try body(RowBlock(rows: makers[place].rows, buffer: makers[place].buffer)) }
    }
  }

  private func blocks(_ roots: Int) -> Int { (roots + Synthesizer.rowsPerBlock - 1) / Synthesizer.rowsPerBlock }

  private static func range(_ block: Int, of roots: Int) -> Range<Int> {
    block * rowsPerBlock..<min((block + 1) * rowsPerBlock, roots)
  }

  /// For each level below the outermost, the number of the first row of each block.
  private func starts(of lineage: Lineage, workers: Int) -> [[Int]] {
    let roots = roots(of: lineage), blocks = blocks(roots)
    var starts: [[Int]] = []
    for level in 1..<max(lineage.depth, 1) {
      let upper = self.lineage(lineage.levels.base[level].rule, wanted: [])
      let counts = Memory(Array(repeating: 0, count: blocks))
      let known = starts
      DispatchQueue.concurrentPerform(iterations: max(1, min(workers, blocks))) { worker in
        let walker = Walker(upper, plan: plan)
        for block in stride(from: worker, to: blocks, by: max(1, min(workers, blocks))) {
          counts.base[block] = walker.count(Synthesizer.range(block, of: roots), starts: known.map { $0[block] } + [0])
        }
      }
      var next = 0
      starts.append(
        (0..<blocks).map { block in
          defer { next += counts.base[block] }
          return next
        })
    }
    return starts
  }

  private func writtenSlots(of rule: Int) -> Set<Int> {
    Set(region.rules[rule].fields.filter { !$0.headers.isEmpty }.flatMap(\.slots))
  }

  private func form(of rule: Int, _ columns: [Int], width: Int) -> RowForm {
    var list = Array(repeating: CellWriter.Column(field: -1, slot: -1), count: width)
    let fields = region.rules[rule].fields
    let slots = fields.enumerated().flatMap { position, field in
      zip(field.headers, field.slots).map { CellWriter.Column(field: Int32(position), slot: Int32($1)) }
    }
    for (column, slot) in zip(columns, slots) { list[column] = slot }
    let masked = fields.indices.filter { fields[$0].blank > 0 || fields[$0].none > 0 && !fields[$0].headers.isEmpty }
    return RowForm(rule: rule, columns: Memory(list), masked: Memory(masked.map { Int32($0) }), fields: fields.count)
  }
}
