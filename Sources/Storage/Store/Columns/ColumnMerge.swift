import Policy
import Population

/// What the pieces of a column cannot be joined for.
enum MergeTrouble: Error {
  /// A reference to a row that is not there.
  case dangling(TextSlice)
  /// Texts that are written in more than one way.
  case spelling
}

/// Joins the pieces of a column.
struct ColumnMerge {
  let entry: TableLayout.Entry
  let pieces: [ColumnPiece]
  let rows: Int

  /// - Parameters:
  ///   - keys: the keys of the tables that are there, numbered by row.
  ///   - joined: the texts of the column, when they are joined already.
  /// - Returns: nil when the values do not fit a column.
  func column(_ keys: [String: TextNumbers], joined: JoinedTexts?) throws(MergeTrouble) -> Column? {
    if pieces.contains(where: \.isUnsuitable) { return nil }
    switch entry.form {
    case .number: return numbers(pieces.map(\.scale).max() ?? 0)
    case .truth: return column(.truth, bounds: bounds, cells: nil)
    case .date: return column(.date, bounds: bounds, cells: nil)
    case .text:
      let texts = joined ?? JoinedTexts(pieces)
      if texts.hasOddTexts, Set(texts.pool.texts).count != texts.pool.texts.count { throw .spelling }
      let count = texts.pool.texts.count
      return column(.text(texts.pool), bounds: count == 0 ? nil : 0...Int64(count - 1)) { piece, values in
        values.replace(by: texts.renumbered[piece])
      }
    case .reference(let table): return try references(table, keys[table])
    }
  }

  private var bounds: ClosedRange<Int64>? {
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
    let bounds = low <= high ? low...high : nil
    if factors.allSatisfy({ $0 == 1 }) { return column(.number(scale: scale), bounds: bounds, cells: nil) }
    return column(.number(scale: scale), bounds: bounds) { piece, values in
      let factor = factors[piece]
      for row in values.indices { values[row] = values[row] &* factor }
    }
  }

  /// The rows that the keys lead to; where nothing is known of the table, none.
  private func references(_ table: String, _ keys: TextNumbers?) throws(MergeTrouble) -> Column {
    var targets: [[Int64]] = []
    var low = Int64.max, high = Int64.min
    for piece in pieces {
      var rows = [Int64](repeating: 0, count: piece.texts.count)
      for number in piece.used {
        guard let keys else { break }
        let text = piece.texts.texts[number]
        guard let row = keys.known(text, hash: piece.texts.hashes[number]) else { throw .dangling(text) }
        rows[number] = Int64(row)
        (low, high) = (min(low, Int64(row)), max(high, Int64(row)))
      }
      targets.append(rows)
    }
    let bounds = low <= high ? low...high : nil
    return column(.reference(table: table), bounds: bounds, isDangling: keys == nil) { piece, values in
      values.replace(by: targets[piece])
    }
  }

  // MARK: side by side

  /// - Parameter change: makes the values of the column of those of a piece, which are given by its number; nil when they are the same.
  private func column(
    _ kind: Column.Kind, bounds: ClosedRange<Int64>?, isDangling: Bool = false,
    cells change: ((Int, UnsafeMutableBufferPointer<Int64>) -> Void)?
  ) -> Column {
    let cells = joinedCells(bounds, change)
    let (states, occurring) = joinedStates(isDangling: isDangling)
    return Column(
      kind, cells: cells, stateCells: occurring.isEmpty ? nil : states, bounds: bounds, occurring: occurring)
  }

  private func joinedCells(
    _ bounds: ClosedRange<Int64>?, _ change: ((Int, UnsafeMutableBufferPointer<Int64>) -> Void)?
  ) -> Cells {
    let width = CellWidth(holding: bounds ?? 0...0)
    let most = pieces.map(\.cells.count).max() ?? 0
    return Cells(width: width, count: rows) { memory in
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: most) { scratch in
        var target = memory
        for (number, piece) in pieces.enumerated() {
          let count = piece.cells.count
          defer { target += count * width.bytes }
          if change == nil, bounds != nil, piece.states == nil, piece.cells.width == width {
            target.copyMemory(from: piece.cells.base, byteCount: count * width.bytes)
            continue
          }
          let values = UnsafeMutableBufferPointer(rebasing: scratch[..<count])
          piece.read(into: values, filler: bounds?.lowerBound) { change?(number, $0) }
          Cells.write(UnsafeBufferPointer(values), to: target, width: width)
        }
      }
    }
  }

  /// - Parameter isDangling: whether what is given leads nowhere.
  private func joinedStates(isDangling: Bool) -> (Cells?, occurring: Set<UInt8>) {
    let dangling = Column.State.dangling.rawValue
    var occurring = pieces.reduce(into: Set<UInt8>()) { $0.formUnion($1.occurring) }
    if isDangling, pieces.contains(where: { $0.bounds != nil }) { occurring.insert(dangling) }
    if occurring.isEmpty { return (nil, []) }
    let given = isDangling ? dangling : Column.State.given.rawValue
    let states = Cells(width: .one, count: rows) { memory in
      var target = memory.assumingMemoryBound(to: UInt8.self)
      for piece in pieces {
        if let states = piece.states?.pointer(UInt8.self) {
          for row in 0..<piece.cells.count { target[row] = states[row] == 0 ? given : states[row] }
        } else {
          target.update(repeating: given, count: piece.cells.count)
        }
        target += piece.cells.count
      }
    }
    return (states, occurring)
  }
}

extension ColumnPiece {
  /// - Parameters:
  ///   - values: as many as there are cells.
  ///   - filler: stands where nothing is given; nil when nothing is given anywhere.
  fileprivate func read(
    into values: UnsafeMutableBufferPointer<Int64>, filler: Int64?,
    _ change: (UnsafeMutableBufferPointer<Int64>) -> Void
  ) {
    guard let filler else { return values.update(repeating: 0) }
    cells.read(into: values)
    change(values)
    guard let states = states?.pointer(UInt8.self) else { return }
    for row in values.indices { values[row] = states[row] == 0 ? values[row] : filler }
  }
}

extension UnsafeMutableBufferPointer<Int64> {
  /// Each number by what stands at its place; zero for what is beyond.
  fileprivate func replace(by numbers: [Int64]) {
    numbers.withUnsafeBufferPointer { numbers in
      for row in indices { self[row] = self[row] < numbers.count ? numbers[Int(self[row])] : 0 }
    }
  }
}

/// The texts of all pieces of a column under common numbers.
struct JoinedTexts {
  let pool: TextPool
  let all: TextNumbers
  let hasOddTexts: Bool
  /// By piece, what its numbers become.
  let renumbered: [[Int64]]

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
}
