import Instructions

/// Rows of another table that belong to the rows of a block, and what is made of them.
final class Nest {
  let run: Program.NestRun
  let machine: Machine
  let segments: Segments?
  /// How many rows each reduction has kept of each row.
  let counters: Memory<Int32>
  /// The rows at hand of the nested program, and which row of the block each belongs to.
  let numbers: Memory<Int32>
  let owners: Memory<Int32>

  init(_ run: Program.NestRun, over population: Population, settings: [Int128]) {
    self.run = run
    machine = Machine(run.program, over: population, Machine.Inputs(settings: settings))
    segments = population.tables[run.table]?.children[run.field]
    counters = Memory(repeating: 0, count: run.reductions.count * Machine.rows)
    numbers = Memory(repeating: 0, count: Machine.rows)
    owners = Memory(repeating: 0, count: Machine.rows)
  }
}

extension Machine {
  func run(_ nest: Nest, _ rows: Rows) {
    for (position, reduction) in nest.run.reductions.enumerated() {
      pointer(reduction.result, from: rows.start).initializeMemory(
        as: UInt8.self, repeating: 0, count: rows.count * reduction.result.width.rawValue)
      (nest.counters.base + position * Self.rows).update(repeating: 0, count: rows.count)
    }
    guard let segments = nest.segments else { return }
    let isDistinct = nest.run.reductions.contains { $0.kind == .distinctCount }
    var seen = [Set<Int128>](repeating: [], count: isDistinct ? rows.count : 0)
    var filled = 0
    let parents = nest.run.parent.map { source(of: $0, .four) }?.pointer(rows.start)?.assumingMemoryBound(
      to: Int32.self)
    for owner in 0..<rows.count {
      let parent = parents.map { Int($0[owner]) } ?? rows.numbers.map { Int($0[owner]) } ?? rows.start + owner
      guard parent >= 0, parent + 1 < segments.offsets.count else { continue }
      for child in Int(segments.offsets[parent])..<Int(segments.offsets[parent + 1]) {
        nest.numbers.base[filled] = segments.rows[child]
        nest.owners.base[filled] = Int32(owner)
        filled += 1
        if filled == Self.rows {
          flush(nest, filled, rows, &seen)
          filled = 0
        }
      }
    }
    if filled > 0 { flush(nest, filled, rows, &seen) }
  }

  private func flush(_ nest: Nest, _ count: Int, _ rows: Rows, _ seen: inout [Set<Int128>]) {
    for entry in nest.run.imports { take(entry.from, into: entry.to, of: nest, count, rows) }
    nest.machine.run(Rows(start: 0, count: count, numbers: UnsafePointer(nest.numbers.base)))
    for (position, reduction) in nest.run.reductions.enumerated() {
      if reduction.kind == .distinctCount {
        countDistinct(reduction, position, nest, count, rows, &seen)
      } else {
        reduce(reduction, nest, count, rows, nest.counters.base + position * Self.rows)
      }
    }
  }

  /// Values of several reductions share a set for each row: the number of the reduction keeps them apart.
  private func countDistinct(
    _ run: Program.ReductionRun, _ position: Int, _ nest: Nest, _ count: Int, _ rows: Rows,
    _ seen: inout [Set<Int128>]
  ) {
    guard let value = run.value else { return }
    let keep = run.keep.map { nest.machine.pointer($0).assumingMemoryBound(to: UInt8.self) }
    let source = nest.machine.pointer(value).assumingMemoryBound(to: Int64.self)
    let target = pointer(run.result, from: rows.start).assumingMemoryBound(to: Int64.self)
    for index in 0..<count where keep.map({ $0[index] == 2 }) ?? true {
      let owner = Int(nest.owners.base[index])
      if seen[owner].insert(Int128(source[index]) << 8 | Int128(position & 255)).inserted { target[owner] += 1 }
    }
  }

  /// Values of this program for the rows that the children belong to.
  private func take(_ from: Program.Operand, into to: Program.Place, of nest: Nest, _ count: Int, _ rows: Rows) {
    let source = source(of: from, to.width), target = nest.machine.pointer(to)
    func copy<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) {
      let target = target.assumingMemoryBound(to: type)
      guard let values = source.pointer(rows.start)?.assumingMemoryBound(to: type) else {
        target.update(repeating: T(truncatingIfNeeded: source.step), count: count)
        return
      }
      for index in 0..<count { target[index] = values[Int(nest.owners.base[index])] }
    }
    switch to.width {
    case .one: copy(Int8.self)
    case .two: copy(Int16.self)
    case .four: copy(Int32.self)
    case .eight: copy(Int64.self)
    case .sixteen: copy(Int128.self)
    }
  }

  private func reduce(
    _ run: Program.ReductionRun, _ nest: Nest, _ count: Int, _ rows: Rows, _ counters: UnsafeMutablePointer<Int32>
  ) {
    let keep = run.keep.map { nest.machine.pointer($0).assumingMemoryBound(to: UInt8.self) }
    let target = pointer(run.result, from: rows.start)
    guard run.kind != .count else {
      let counts = target.assumingMemoryBound(to: Int64.self)
      for index in 0..<count where keep.map({ $0[index] == 2 }) ?? true { counts[Int(nest.owners.base[index])] += 1 }
      return
    }
    guard let value = run.value else { return }
    let source = nest.machine.pointer(value), owners = UnsafePointer(nest.owners.base)
    switch run.result.width {
    case .one:
      Self.reduce(run.kind, source, into: target, UInt8.self, keep, owners, count, counters) { $0 | $1 }
    case .sixteen:
      Self.reduce(run.kind, source, into: target, Int128.self, keep, owners, count, counters) { $0 &+ $1 }
    default:
      Self.reduce(run.kind, source, into: target, Int64.self, keep, owners, count, counters) { $0 &+ $1 }
    }
  }

  @inline(__always)
  private static func reduce<T: FixedWidthInteger & BitwiseCopyable>(
    _ kind: Reduction.Kind, _ source: UnsafeMutableRawPointer, into target: UnsafeMutableRawPointer, _ type: T.Type,
    _ keep: UnsafeMutablePointer<UInt8>?, _ owners: UnsafePointer<Int32>, _ count: Int,
    _ counters: UnsafeMutablePointer<Int32>, _ join: (T, T) -> T
  ) {
    let source = source.assumingMemoryBound(to: type), target = target.assumingMemoryBound(to: type)
    for index in 0..<count where keep.map({ $0[index] == 2 }) ?? true {
      let owner = Int(owners[index])
      let value = source[index]
      let isFirst = counters[owner] == 0
      counters[owner] += 1
      switch kind {
      case .sum, .orBytes: target[owner] = join(target[owner], value)
      case .least: target[owner] = isFirst ? value : min(target[owner], value)
      case .greatest, .greatestByte: target[owner] = isFirst ? value : max(target[owner], value)
      case .leastByte: target[owner] = isFirst ? value : min(target[owner], value)
      case .element(let number): if number < 0 || Int(counters[owner]) == number { target[owner] = value }
      case .count, .distinctCount: break
      }
    }
  }
}
