import Policy
import Population

/// Joins the pieces of a column.
struct ColumnMerge {
  let entry: TableLayout.Entry
  let pieces: [ColumnPiece]
  let rows: Int

  /// - Parameters:
  ///   - keys: the keys of the tables that are there, numbered by row.
  ///   - joined: the texts of the column, when they are joined already.
  /// - Returns: nil when the values do not fit a column.
  func column(_ keys: [String: TextNumbers], joined: JoinedTexts?) throws(Trouble) -> Column? {
    if pieces.contains(where: \.isUnsuitable) { return nil }
    switch entry.form {
    case .number:
      let scale = pieces.map(\.scale).max() ?? 0
      return numbers(scale)
    case .truth: return column(.truth, bounds: bounds(pieces), cells: nil)
    case .date: return column(.date, bounds: bounds(pieces), cells: nil)
    case .text:
      let texts = joined ?? JoinedTexts(pieces)
      if texts.hasOddTexts, Set(texts.pool.texts).count != texts.pool.texts.count { throw Trouble() }
      let count = texts.pool.texts.count
      return column(.text(texts.pool), bounds: count == 0 ? nil : 0...Int64(count - 1), cells: texts.numbers)
    case .reference(let table): return try references(table, keys[table])
    }
  }

  private func bounds(_ pieces: [ColumnPiece]) -> ClosedRange<Int64>? {
    let all = pieces.compactMap(\.bounds)
    guard let low = all.map(\.lowerBound).min(), let high = all.map(\.upperBound).max() else { return nil }
    return low...high
  }

  private func numbers(_ scale: Int) -> Column? {
    var low = Int64.max, high = Int64.min
    var factors: [Int64] = []
    for piece in pieces {
      let factor = (0..<scale - piece.scale).reduce(Int64(1)) { value, _ in value * 10 }
      factors.append(factor)
      guard let bounds = piece.bounds else { continue }
      let (least, under) = bounds.lowerBound.multipliedReportingOverflow(by: factor)
      let (greatest, over) = bounds.upperBound.multipliedReportingOverflow(by: factor)
      if under || over { return nil }
      (low, high) = (min(low, least), max(high, greatest))
    }
    return column(.number(scale: scale), bounds: low <= high ? low...high : nil) { piece, values in
      if factors[piece] != 1 { for row in values.indices { values[row] = values[row] &* factors[piece] } }
    }
  }

  /// The rows that the keys lead to; where nothing is known of the table, none.
  private func references(_ table: String, _ keys: TextNumbers?) throws(Trouble) -> Column {
    var targets: [[Int64]] = []
    var low = Int64.max, high = Int64.min
    for piece in pieces {
      var rows = [Int64](repeating: 0, count: piece.texts.count)
      guard let keys else {
        targets.append(rows)
        continue
      }
      for number in piece.used {
        guard let row = keys.known(piece.texts.texts[number], hash: piece.texts.hashes[number]) else { throw Trouble() }
        rows[number] = Int64(row)
        (low, high) = (min(low, Int64(row)), max(high, Int64(row)))
      }
      targets.append(rows)
    }
    let bounds = low <= high ? low...high : nil
    return column(.reference(table: table), bounds: bounds, isDangling: keys == nil) { piece, values in
      for row in values.indices {
        values[row] = values[row] < targets[piece].count ? targets[piece][Int(values[row])] : 0
      }
    }
  }

  private func column(
    _ kind: Column.Kind, bounds: ClosedRange<Int64>?, isDangling: Bool = false,
    cells change: ((Int, inout [Int64]) -> Void)?
  ) -> Column {
    let hasStates = isDangling || pieces.contains { !$0.occurring.isEmpty }
    let filler = bounds?.lowerBound ?? 0
    let width = CellWidth(holding: bounds ?? 0...0)
    let cells = Cells(width: width, count: rows) { memory in
      var target = memory
      for (number, piece) in pieces.enumerated() {
        var values = piece.cells.numbers
        change?(number, &values)
        if bounds == nil { values = [Int64](repeating: 0, count: values.count) }
        if let states = piece.states {
          for row in values.indices where states[row] != 0 { values[row] = filler }
        }
        Cells.write(values, to: target, width: width)
        target += values.count * width.bytes
      }
    }
    guard hasStates else {
      return Column(kind, cells: cells, stateCells: nil, bounds: bounds, occurring: [])
    }
    let dangling = Column.State.dangling.rawValue
    var occurring = pieces.reduce(into: Set<UInt8>()) { $0.formUnion($1.occurring) }
    let states = Cells(width: .one, count: rows) { memory in
      var target = memory.assumingMemoryBound(to: UInt8.self)
      for piece in pieces {
        let given = isDangling ? dangling : 0
        if let states = piece.states?.pointer(UInt8.self) {
          for row in 0..<piece.cells.count { target[row] = states[row] == 0 ? given : states[row] }
        } else {
          target.update(repeating: given, count: piece.cells.count)
        }
        if isDangling, piece.bounds != nil { occurring.insert(dangling) }
        target += piece.cells.count
      }
    }
    return Column(
      kind, cells: cells, stateCells: occurring.isEmpty ? nil : states, bounds: bounds, occurring: occurring)
  }
}

/// The texts of all pieces of a column under common numbers.
struct JoinedTexts {
  let pool: TextPool
  let all: TextNumbers
  let hasOddTexts: Bool
  /// By piece, what its numbers become.
  private let renumbered: [[Int64]]

  init(_ pieces: [ColumnPiece]) {
    var all = TextNumbers()
    var renumbered: [[Int64]] = []
    for piece in pieces {
      var numbers = [Int64](repeating: 0, count: piece.texts.count)
      for number in piece.used {
        numbers[number] = Int64(all.number(of: piece.texts.texts[number], hash: piece.texts.hashes[number]).number)
      }
      renumbered.append(numbers)
    }
    (self.all, self.renumbered) = (all, renumbered)
    pool = TextPool(all.list)
    hasOddTexts = pieces.contains(where: \.hasOddTexts)
  }

  func numbers(_ piece: Int, _ values: inout [Int64]) {
    let numbers = renumbered[piece]
    for row in values.indices { values[row] = values[row] < numbers.count ? numbers[Int(values[row])] : 0 }
  }
}
