import FEEL

/// Runs a program block by block, each operation in one loop over the rows of a block. Memory is taken once.
///
/// Unsafe within, bounded by construction: every buffer has room for ``rows`` values, every row number is checked against
/// its table.
final class Machine {
  /// Rows of a block.
  static let rows = 1024

  private let program: Program
  private let population: Population
  private let bytes: Memory<UInt8>
  private let integers: Memory<Int64>
  private let wides: Memory<Int128>
  private let steps: [Prepared]
  /// Row numbers, for rows that do not follow each other.
  private let rowNumbers: Memory<Int32>
  private let lanesOfRows: Memory<Int32>

  private enum Prepared {
    case operation(Operation, Program.Place, [Program.Place], Column?)
    case nest(Program.NestRun, Machine, Segments?, counters: Memory<Int32>)
  }

  /// The rows at hand: `count` from `start`, or those that `numbers` names.
  struct Rows {
    var start: Int
    var count: Int
    var numbers: UnsafeMutablePointer<Int32>?
  }

  init(_ program: Program, over population: Population) {
    self.program = program
    self.population = population
    bytes = Memory(repeating: 0, count: (program.blocks[.byte] ?? 0) * Self.rows)
    integers = Memory(repeating: 0, count: (program.blocks[.integer] ?? 0) * Self.rows)
    wides = Memory(repeating: 0, count: (program.blocks[.wide] ?? 0) * Self.rows)
    rowNumbers = Memory(repeating: 0, count: Self.rows)
    lanesOfRows = Memory(repeating: 0, count: Self.rows)
    steps = program.steps.map { step in
      switch step {
      case .operation(let operation, let place, let operands):
        return .operation(
          operation, place, operands, operation.column.flatMap { population.tables[$0.table]?.columns[$0.key] })
      case .nest(let run):
        let segments = population.tables[run.table]?.children[run.field]
        let counters = Memory<Int32>(repeating: 0, count: run.reductions.count * Self.rows)
        return .nest(run, Machine(run.program, over: population), segments, counters: counters)
      }
    }
    fillConstants()
  }

  func byte(_ place: Program.Place) -> UnsafeMutablePointer<UInt8> { bytes.base + place.index * Self.rows }
  func integer(_ place: Program.Place) -> UnsafeMutablePointer<Int64> { integers.base + place.index * Self.rows }
  func wide(_ place: Program.Place) -> UnsafeMutablePointer<Int128> { wides.base + place.index * Self.rows }

  func run(_ rows: Rows) {
    for step in steps {
      switch step {
      case .operation(let operation, let place, let operands, let column):
        run(operation, place, operands, column, rows)
      case .nest(let run, let machine, let segments, let counters):
        self.run(run, machine, segments, counters, rows)
      }
    }
  }

  /// Whether only the interpreter has the exact result for a row of the block.
  func isDoubtful(_ index: Int) -> Bool { program.doubts.contains { byte($0)[index] != 0 } }

  // MARK: operations

  private func run(
    _ operation: Operation, _ place: Program.Place, _ operands: [Program.Place], _ column: Column?, _ rows: Rows
  ) {
    let count = rows.count
    switch operation {
    case .constant, .byte: break
    case .load: if let column { load(column, into: integer(place), operands.first, rows) }
    case .widen:
      let source = integer(operands[0]), target = wide(place)
      for index in 0..<count { target[index] = Int128(source[index]) }
    case .add: arithmetic(place, operands, count, { $0 &+ $1 }, { $0 &+ $1 })
    case .subtract: arithmetic(place, operands, count, { $0 &- $1 }, { $0 &- $1 })
    case .multiply: arithmetic(place, operands, count, { $0 &* $1 }, { $0 &* $1 })
    case .minimum: arithmetic(place, operands, count, { min($0, $1) }, { min($0, $1) })
    case .maximum: arithmetic(place, operands, count, { max($0, $1) }, { max($0, $1) })
    case .scale(_, let factor): scale(place, operands[0], by: factor, count)
    case .select: select(place, operands, count)
    case .divide(_, _, let rounding): divide(place, operands, rounding, count)
    case .lookUp(_, let table): lookUp(integer(operands[0]), table.entries, into: integer(place), count)
    case .datePart(_, let part): datePart(integer(operands[0]), part, into: integer(place), count)
    case .addMonths:
      let dates = integer(operands[0]), months = integer(operands[1]), target = integer(place)
      for index in 0..<count { target[index] = Calendar.adding(months[index], to: dates[index]) }
    case .monthsBetween:
      let from = integer(operands[0]), to = integer(operands[1]), target = integer(place)
      for index in 0..<count { target[index] = Calendar.months(from: from[index], to: to[index]) }
    case .ownRow:
      let target = integer(place)
      for index in 0..<count { target[index] = rows.numbers.map { Int64($0[index]) } ?? Int64(rows.start + index) }
    case .byteToInteger:
      let source = byte(operands[0]), target = integer(place)
      for index in 0..<count { target[index] = Int64(source[index]) }
    case .imported: break
    case .reduce: break
    default: runByte(operation, byte(place), operands, column, rows)
    }
  }

  /// What is the same in all rows keeps its place, and is written once.
  private func fillConstants() {
    for case .operation(let operation, let place, _) in program.steps {
      switch (operation, place.lane) {
      case (.constant(let value), .wide): wide(place).update(repeating: value, count: Self.rows)
      case (.constant(let value), _): integer(place).update(repeating: Int64(value), count: Self.rows)
      case (.byte(let value), _): byte(place).update(repeating: value, count: Self.rows)
      default: break
      }
    }
  }

  @inline(__always)
  private func arithmetic(
    _ place: Program.Place, _ operands: [Program.Place], _ count: Int, _ narrow: (Int64, Int64) -> Int64,
    _ broad: (Int128, Int128) -> Int128
  ) {
    if place.lane == .wide {
      let a = wide(operands[0]), b = wide(operands[1]), target = wide(place)
      for index in 0..<count { target[index] = broad(a[index], b[index]) }
    } else {
      let a = integer(operands[0]), b = integer(operands[1]), target = integer(place)
      for index in 0..<count { target[index] = narrow(a[index], b[index]) }
    }
  }

  private func scale(_ place: Program.Place, _ operand: Program.Place, by factor: Int128, _ count: Int) {
    if place.lane == .wide {
      let target = wide(place)
      if operand.lane == .wide {
        let source = wide(operand)
        for index in 0..<count { target[index] = source[index] &* factor }
      } else {
        let source = integer(operand)
        for index in 0..<count { target[index] = Int128(source[index]) &* factor }
      }
    } else {
      let source = integer(operand), target = integer(place), factor = Int64(factor)
      for index in 0..<count { target[index] = source[index] &* factor }
    }
  }

  private func select(_ place: Program.Place, _ operands: [Program.Place], _ count: Int) {
    let truth = byte(operands[0])
    if place.lane == .wide {
      let a = wide(operands[1]), b = wide(operands[2]), target = wide(place)
      for index in 0..<count { target[index] = truth[index] == 2 ? a[index] : b[index] }
    } else {
      let a = integer(operands[1]), b = integer(operands[2]), target = integer(place)
      for index in 0..<count {
        // All bits where the truth is yes, none elsewhere: no branch, so that several rows go at once.
        let mask = 0 &- Int64(truth[index] >> 1)
        target[index] = b[index] ^ ((a[index] ^ b[index]) & mask)
      }
    }
  }

  private func divide(_ place: Program.Place, _ operands: [Program.Place], _ rounding: WholeRounding, _ count: Int) {
    if place.lane == .wide {
      let a = wide(operands[0]), b = wide(operands[1]), target = wide(place)
      for index in 0..<count { target[index] = Whole.quotient(a[index], b[index], rounding) }
    } else {
      let a = integer(operands[0]), b = integer(operands[1]), target = integer(place)
      for index in 0..<count { target[index] = Whole.quotient(a[index], b[index], rounding) }
    }
  }

  private func lookUp(
    _ codes: UnsafeMutablePointer<Int64>, _ entries: [Int64], into target: UnsafeMutablePointer<Int64>, _ count: Int
  ) {
    entries.withUnsafeBufferPointer { entries in
      let size = Int64(entries.count)
      for index in 0..<count {
        let code = codes[index]
        target[index] = code >= 0 && code < size ? entries[Int(code)] : -1
      }
    }
  }

  private func datePart(
    _ dates: UnsafeMutablePointer<Int64>, _ part: DatePart, into target: UnsafeMutablePointer<Int64>, _ count: Int
  ) {
    for index in 0..<count { target[index] = Calendar.part(part, of: dates[index]) }
  }

  private func load(
    _ column: Column, into target: UnsafeMutablePointer<Int64>, _ row: Program.Place?, _ rows: Rows
  ) {
    let cells = column.cells
    switch cells.width {
    case .one: load(cells.pointer(Int8.self), cells.count, into: target, row, rows)
    case .two: load(cells.pointer(Int16.self), cells.count, into: target, row, rows)
    case .four: load(cells.pointer(Int32.self), cells.count, into: target, row, rows)
    case .eight: load(cells.pointer(Int64.self), cells.count, into: target, row, rows)
    }
  }

  @inline(__always)
  private func load<T: FixedWidthInteger>(
    _ source: UnsafePointer<T>, _ size: Int, into target: UnsafeMutablePointer<Int64>, _ row: Program.Place?,
    _ rows: Rows
  ) {
    if let row {
      let numbers = integer(row)
      for index in 0..<rows.count {
        let number = Int(numbers[index])
        target[index] = number >= 0 && number < size ? Int64(source[number]) : 0
      }
    } else if let numbers = rows.numbers {
      for index in 0..<rows.count { target[index] = Int64(source[Int(numbers[index])]) }
    } else {
      let source = source + rows.start
      for index in 0..<rows.count { target[index] = Int64(source[index]) }
    }
  }

  // MARK: bytes

  private func runByte(
    _ operation: Operation, _ target: UnsafeMutablePointer<UInt8>, _ operands: [Program.Place], _ column: Column?,
    _ rows: Rows
  ) {
    let count = rows.count
    switch operation {
    case .state(_, _, let meanings):
      guard let column else { return }
      state(column, meanings, into: target, operands.first, rows)
    case .truth:
      guard let column else { return }
      truth(column, into: target, operands.first, rows)
    case .compare(let comparison, _, _): compare(comparison, operands, into: target, count)
    case .leastByte: combine(operands, into: target, count) { min($0, $1) }
    case .greatestByte: combine(operands, into: target, count) { max($0, $1) }
    case .orBytes: combine(operands, into: target, count) { $0 | $1 }
    case .selectByte:
      let truth = byte(operands[0]), a = byte(operands[1]), b = byte(operands[2])
      for index in 0..<count { target[index] = b[index] ^ ((a[index] ^ b[index]) & (0 &- (truth[index] >> 1))) }
    case .mapByte(_, let entries): map(byte(operands[0]), entries, into: target, count)
    case .lookUpByte(_, let table):
      let codes = integer(operands[0])
      table.entries.withUnsafeBufferPointer { entries in
        let size = Int64(entries.count)
        for index in 0..<count {
          let code = codes[index]
          target[index] = code >= 0 && code < size ? UInt8(truncatingIfNeeded: entries[Int(code)]) : 0
        }
      }
    case .integerToByte:
      let source = integer(operands[0])
      for index in 0..<count { target[index] = UInt8(truncatingIfNeeded: source[index]) }
    case .byteEquals(_, let value):
      let source = byte(operands[0])
      for index in 0..<count { target[index] = source[index] == value ? 2 : 0 }
    default: break
    }
  }

  @inline(__always)
  private func combine(
    _ operands: [Program.Place], into target: UnsafeMutablePointer<UInt8>, _ count: Int, _ body: (UInt8, UInt8) -> UInt8
  ) {
    let a = byte(operands[0]), b = byte(operands[1])
    for index in 0..<count { target[index] = body(a[index], b[index]) }
  }

  private func map(
    _ source: UnsafeMutablePointer<UInt8>, _ entries: [UInt8], into target: UnsafeMutablePointer<UInt8>, _ count: Int
  ) {
    let (a, b, c, d) = (entries[0], entries[1], entries[2], entries[3])
    // By the two bits of the value: no branch, so that many rows go at once.
    for index in 0..<count {
      let isOdd = 0 &- (source[index] & 1), isHigh = 0 &- (source[index] >> 1 & 1)
      let low = a ^ ((a ^ b) & isOdd), high = c ^ ((c ^ d) & isOdd)
      target[index] = low ^ ((low ^ high) & isHigh)
    }
  }

  private func compare(
    _ comparison: Comparison, _ operands: [Program.Place], into target: UnsafeMutablePointer<UInt8>, _ count: Int
  ) {
    if operands[0].lane == .wide {
      compare(comparison, wide(operands[0]), wide(operands[1]), into: target, count)
    } else {
      compare(comparison, integer(operands[0]), integer(operands[1]), into: target, count)
    }
  }

  @inline(__always)
  private func compare<T: FixedWidthInteger>(
    _ comparison: Comparison, _ a: UnsafeMutablePointer<T>, _ b: UnsafeMutablePointer<T>,
    into target: UnsafeMutablePointer<UInt8>, _ count: Int
  ) {
    switch comparison {
    case .less: for index in 0..<count { target[index] = a[index] < b[index] ? 2 : 0 }
    case .lessOrEqual: for index in 0..<count { target[index] = a[index] <= b[index] ? 2 : 0 }
    case .equal: for index in 0..<count { target[index] = a[index] == b[index] ? 2 : 0 }
    }
  }

  private func state(
    _ column: Column, _ meanings: [UInt8], into target: UnsafeMutablePointer<UInt8>, _ row: Program.Place?, _ rows: Rows
  ) {
    guard let states = column.stateCells?.pointer(UInt8.self) else {
      target.update(repeating: meanings[0], count: rows.count)
      return
    }
    let size = column.count
    let (a, b, c, d) = (meanings[0], meanings[1], meanings[2], meanings[3])
    for index in 0..<rows.count {
      let number = self.number(index, row, rows)
      let state = number >= 0 && number < size ? states[number] : 0
      target[index] = state == 0 ? a : state == 1 ? b : state == 2 ? c : d
    }
  }

  private func truth(
    _ column: Column, into target: UnsafeMutablePointer<UInt8>, _ row: Program.Place?, _ rows: Rows
  ) {
    // Truths are 0 and 1: a byte each.
    let values = column.cells.pointer(Int8.self), size = column.count
    let states = column.stateCells?.pointer(UInt8.self)
    for index in 0..<rows.count {
      let number = self.number(index, row, rows)
      guard number >= 0, number < size, states == nil || states?[number] == 0 else {
        target[index] = 1
        continue
      }
      target[index] = values[number] == 0 ? 0 : 2
    }
  }

  /// The number in its table of a row of the block, or of the one that a register names for it.
  @inline(__always)
  private func number(_ index: Int, _ row: Program.Place?, _ rows: Rows) -> Int {
    if let row { return Int(integer(row)[index]) }
    return rows.numbers.map { Int($0[index]) } ?? rows.start + index
  }

  // MARK: rows of rows

  private func run(
    _ run: Program.NestRun, _ machine: Machine, _ segments: Segments?, _ counters: Memory<Int32>, _ rows: Rows
  ) {
    for (position, reduction) in run.reductions.enumerated() {
      clear(reduction.result, rows.count)
      (counters.base + position * Self.rows).update(repeating: 0, count: rows.count)
    }
    guard let segments else { return }
    var seen = [Set<Int128>](
      repeating: [], count: run.reductions.contains { $0.kind == .distinctCount } ? rows.count : 0)
    let numbers = machine.rowNumbers.base, lanes = machine.lanesOfRows.base
    var filled = 0
    func flush() {
      guard filled > 0 else { return }
      for entry in run.imports { take(entry.from, lanes, filled, into: entry.to, of: machine) }
      machine.run(Rows(start: 0, count: filled, numbers: numbers))
      for (position, reduction) in run.reductions.enumerated() {
        if reduction.kind == .distinctCount {
          countDistinct(reduction, position, machine, lanes, filled, &seen)
        } else {
          reduce(reduction, machine, lanes, filled, counters.base + position * Self.rows)
        }
      }
      filled = 0
    }
    for lane in 0..<rows.count {
      let parent = number(lane, run.parent, rows)
      guard parent >= 0, parent + 1 < segments.offsets.count else { continue }
      for child in Int(segments.offsets[parent])..<Int(segments.offsets[parent + 1]) {
        numbers[filled] = segments.rows[child]
        lanes[filled] = Int32(lane)
        filled += 1
        if filled == Self.rows { flush() }
      }
    }
    flush()
  }

  /// Values of several reductions share a set for each row: the number of the reduction keeps them apart.
  private func countDistinct(
    _ run: Program.ReductionRun, _ position: Int, _ machine: Machine, _ lanes: UnsafeMutablePointer<Int32>,
    _ count: Int,
    _ seen: inout [Set<Int128>]
  ) {
    guard let value = run.value else { return }
    let keep = run.keep.map { machine.byte($0) }
    let source = machine.integer(value), target = integer(run.result)
    for index in 0..<count where keep == nil || keep?[index] == 2 {
      let lane = Int(lanes[index])
      if seen[lane].insert(Int128(source[index]) << 8 | Int128(position & 255)).inserted { target[lane] += 1 }
    }
  }

  private func clear(_ place: Program.Place, _ count: Int) {
    switch place.lane {
    case .byte: byte(place).update(repeating: 0, count: count)
    case .integer: integer(place).update(repeating: 0, count: count)
    case .wide: wide(place).update(repeating: 0, count: count)
    }
  }

  /// Values of this program for the rows that the children belong to.
  private func take(
    _ from: Program.Place, _ lanes: UnsafeMutablePointer<Int32>, _ count: Int, into to: Program.Place,
    of machine: Machine
  ) {
    switch from.lane {
    case .byte:
      let source = byte(from), target = machine.byte(to)
      for index in 0..<count { target[index] = source[Int(lanes[index])] }
    case .integer:
      let source = integer(from), target = machine.integer(to)
      for index in 0..<count { target[index] = source[Int(lanes[index])] }
    case .wide:
      let source = wide(from), target = machine.wide(to)
      for index in 0..<count { target[index] = source[Int(lanes[index])] }
    }
  }

  private func reduce(
    _ run: Program.ReductionRun, _ machine: Machine, _ lanes: UnsafeMutablePointer<Int32>, _ count: Int,
    _ counters: UnsafeMutablePointer<Int32>
  ) {
    let keep = run.keep.map { machine.byte($0) }
    switch (run.kind, run.result.lane) {
    case (.count, _):
      let target = integer(run.result)
      for index in 0..<count where keep == nil || keep?[index] == 2 { target[Int(lanes[index])] += 1 }
    case (_, .byte):
      guard let value = run.value else { return }
      let source = machine.byte(value)
      reduce(run.kind, source, into: byte(run.result), keep, lanes, count, counters) { $0 | $1 }
    case (_, .integer):
      guard let value = run.value else { return }
      reduce(run.kind, machine.integer(value), into: integer(run.result), keep, lanes, count, counters) { $0 &+ $1 }
    case (_, .wide):
      guard let value = run.value else { return }
      let target = wide(run.result)
      if value.lane == .wide {
        reduce(run.kind, machine.wide(value), into: target, keep, lanes, count, counters) { $0 &+ $1 }
      } else {
        let source = machine.integer(value)
        for index in 0..<count where keep == nil || keep?[index] == 2 {
          target[Int(lanes[index])] &+= Int128(source[index])
        }
      }
    }
  }

  @inline(__always)
  private func reduce<T: FixedWidthInteger>(
    _ kind: Reduction.Kind, _ source: UnsafeMutablePointer<T>, into target: UnsafeMutablePointer<T>,
    _ keep: UnsafeMutablePointer<UInt8>?, _ lanes: UnsafeMutablePointer<Int32>, _ count: Int,
    _ counters: UnsafeMutablePointer<Int32>, _ join: (T, T) -> T
  ) {
    for index in 0..<count where keep == nil || keep?[index] == 2 {
      let lane = Int(lanes[index])
      let value = source[index]
      let isFirst = counters[lane] == 0
      counters[lane] += 1
      switch kind {
      case .sum, .orBytes: target[lane] = join(target[lane], value)
      case .least: target[lane] = isFirst ? value : min(target[lane], value)
      case .greatest, .greatestByte: target[lane] = isFirst ? value : max(target[lane], value)
      case .leastByte: target[lane] = isFirst ? value : min(target[lane], value)
      case .element(let number): if number < 0 || Int(counters[lane]) == number { target[lane] = value }
      case .count, .distinctCount: break
      }
    }
  }
}

extension Operation {
  fileprivate var column: ColumnReference? {
    switch self {
    case .load(let column, _), .state(let column, _, _), .truth(let column, _): column
    default: nil
    }
  }
}
