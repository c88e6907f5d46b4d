internal import Dispatch
import Instructions
public import FEEL
public import Policy

/// What every target comes to for every subject, side by side, in the order of the subjects.
public struct PopulationResults: Sendable {
  /// The results of one target.
  public struct Series: Sendable {
    let kind: PopulationPlan.OutputKind
    var values: Cells?
    var nulls: Cells?
    var verdicts: Cells?

    /// Whole numbers: numbers in units of the last of ``fractionDigits`` digits, truths as 0 (no), 1 (unknown) and 2 (yes),
    /// dates as days since 1970-01-01; nil where the result is null.
    public subscript(row: Int) -> Int64? {
      if let nulls, nulls[row] != 0 { return nil }
      return values?[row]
    }

    /// What the subscript gives for a run of rows, 0 where it gives nil.
    /// - Parameter numbers: as long as the run.
    public func read(_ rows: Range<Int>, into numbers: inout [Int64]) {
      precondition(numbers.count == rows.count, "room for each row")
      guard let values else { return }
      values.read(rows, into: &numbers)
      guard let nulls else { return }
      for (index, row) in rows.enumerated() where nulls[row] != 0 { numbers[index] = 0 }
    }

    public func verdict(_ row: Int) -> Verdict? { verdicts.map { Verdict.allCases[Int($0[row])] } }

    /// The verdicts of all rows as places in `Verdict.allCases`; empty for a decision.
    var verdictCodes: [UInt8] { verdicts.map { $0.numbers.map { UInt8(truncatingIfNeeded: $0) } } ?? [] }

    /// What the subscript gives for all rows, 0 where it gives nil; empty where there are no values.
    var units: [Int64] {
      guard var units = values?.numbers else { return [] }
      if let nulls { for (row, null) in nulls.numbers.enumerated() where null != 0 { units[row] = 0 } }
      return units
    }

    /// Digits behind the point of a number; nil for other kinds.
    public var fractionDigits: Int? { if case .number(let scale) = kind { scale } else { nil } }
  }

  public let count: Int
  public fileprivate(set) var series: [PopulationPlan.Target: Series]
  /// Subjects of which only the interpreter has the exact results, in order.
  public let doubtful: [Int]
}

extension PopulationPlan {
  /// Computes all targets for all subjects. Rows in which a result has no room in 64 bits are doubtful.
  /// - Parameters:
  ///   - threads: how many blocks are worked on side by side, each with working memory of its own.
  ///   - previous: results that are no longer wanted, whose memory is taken where nobody else holds it.
  ///   - progress: told of every block; when it is cancelled the blocks that are left stay as they are.
  /// - Throws: when a result stays a fraction.
  public func results(
    threads: Int = 1, inMemoryOf previous: consuming PopulationResults? = nil, progress: WorkProgress? = nil
  ) throws(Unsupported) -> PopulationResults {
    let count = population.tables[subject.name]?.count ?? 0
    let results = try cells(for: count, from: previous?.cells() ?? [])
    let blocks = (count + Machine.rows - 1) / Machine.rows
    let workers = max(1, min(threads, blocks))
    let wide = results.keys.filter { program.outputs[$0].width == .sixteen }
    var nulls: [Int: Int] = [:]
    for places in outputs.values { if let value = places.value { nulls[value] = places.null } }
    let mayDoubt = !program.doubts.isEmpty || !wide.isEmpty
    let doubts = Memory<UInt8>(repeating: 0, count: mayDoubt ? count : 0)
    progress?.expect(count)
    DispatchQueue.concurrentPerform(iterations: workers) { [nulls] worker in
      let direct = results.filter { !wide.contains($0.key) }
      let machine = Machine(program, over: population, into: direct.mapValues(\.memory))
      let copies = results.filter { !machine.writes($0.key) }.map { ($0.key, $0.value.memory) }
      for block in blocks * worker / workers..<blocks * (worker + 1) / workers {
        let start = block * Machine.rows
        let rows = Machine.Rows(start: start, count: min(Machine.rows, count - start), numbers: nil)
        if progress?.isCancelled == true { return }
        machine.run(rows)
        progress?.note(rows.count)
        for (number, memory) in copies {
          machine.copy(program.outputs[number], of: rows, into: memory) { row in
            let isNull = nulls[number].map { machine.number(program.outputs[$0], row, from: start) != 0 } ?? false
            if !isNull { doubts.base[start + row] = 1 }
          }
        }
        if !program.doubts.isEmpty {
          for index in 0..<rows.count where machine.isDoubtful(index, from: start) { doubts.base[start + index] = 1 }
        }
      }
    }
    let doubtful = mayDoubt ? (0..<count).filter { doubts.base[$0] != 0 } : []
    let series = outputs.mapValues { places in
      PopulationResults.Series(
        kind: places.kind, values: places.value.flatMap { results[$0] }, nulls: places.null.flatMap { results[$0] },
        verdicts: places.verdict.flatMap { results[$0] })
    }
    return PopulationResults(count: count, series: series, doubtful: doubtful)
  }

  /// Memory for every output, by its number.
  private func cells(for count: Int, from previous: consuming [Cells]) throws(Unsupported) -> [Int: Cells] {
    var results: [Int: Cells] = [:]
    var free: [CellWidth: [Cells]] = [:]
    while var cells = previous.popLast() {
      if cells.count == count, isKnownUniquelyReferenced(&cells) { free[cells.width, default: []].append(cells) }
    }
    for places in outputs.values {
      if places.divisor != nil { throw Unsupported(.digits) }
      for number in [places.value, places.null, places.verdict].compactMap(\.self) {
        let width = CellWidth(rawValue: UInt8(program.outputs[number].width.rawValue)) ?? .eight
        results[number] = free[width]?.popLast() ?? Cells(width: width, count: count) { _ in }
      }
    }
    return results
  }
}

extension PopulationResults {
  /// All memory that the results lie in.
  fileprivate consuming func cells() -> [Cells] {
    let all = series.values.flatMap { [$0.values, $0.nulls, $0.verdicts].compactMap(\.self) }
    series = [:]
    return all
  }
}

extension Cells {
  /// For those that fill them before anybody else sees them.
  fileprivate var memory: UnsafeMutableRawPointer { UnsafeMutableRawPointer(mutating: base) }
}
