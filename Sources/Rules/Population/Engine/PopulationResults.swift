internal import Dispatch
public import FEEL
public import Policy

/// What every target comes to for every subject, side by side, in the order of the subjects.
public struct PopulationResults: Sendable {
  /// The results of one target.
  public struct Series: Sendable {
    let kind: PopulationPlan.OutputKind
    let values: Memory<Int64>?
    let nulls: Memory<UInt8>?
    let bytes: Memory<UInt8>?
    let verdicts: Memory<UInt8>?

    /// Whole numbers: numbers in units of the last of ``fractionDigits`` digits, truths as 0 (no), 1 (unknown) and 2 (yes),
    /// dates as days since 1970-01-01; nil where the result is null.
    public subscript(row: Int) -> Int64? {
      if let bytes { return Int64(bytes.base[row]) }
      if let nulls, nulls.base[row] != 0 { return nil }
      return values?.base[row]
    }

    public func verdict(_ row: Int) -> Verdict? { verdicts.map { Verdict.allCases[Int($0.base[row])] } }

    /// The verdicts of all rows as places in `Verdict.allCases`; empty for a decision.
    var verdictCodes: [UInt8] {
      verdicts.map { Array(UnsafeBufferPointer(start: $0.base, count: $0.count)) } ?? []
    }

    /// What the subscript gives for all rows, 0 where it gives nil; empty where there are no values.
    var units: [Int64] {
      guard let values else { return [] }
      guard let nulls else { return Array(UnsafeBufferPointer(start: values.base, count: values.count)) }
      return (0..<values.count).map { nulls.base[$0] != 0 ? 0 : values.base[$0] }
    }

    /// Digits behind the point of a number; nil for other kinds.
    public var fractionDigits: Int? { if case .number(let scale) = kind { scale } else { nil } }
  }

  public let count: Int
  public let series: [PopulationPlan.Target: Series]
  /// Subjects of which only the interpreter has the exact results, in order.
  public let doubtful: [Int]
}

extension PopulationPlan {
  /// Computes all targets for all subjects.
  /// - Parameter threads: how many blocks are worked on side by side, each with working memory of its own.
  /// Rows in which a result has no room in 64 bits are doubtful.
  /// - Throws: when a result stays a fraction.
  public func results(threads: Int = 1) throws(Unsupported) -> PopulationResults {
    let count = population.tables[subject.name]?.count ?? 0
    var series: [Target: PopulationResults.Series] = [:]
    for (target, places) in outputs {
      if places.divisor != nil { throw Unsupported(.digits) }
      let isTruth = if case .truth = places.kind { true } else { false }
      series[target] = PopulationResults.Series(
        kind: places.kind, values: places.value == nil || isTruth ? nil : Memory(repeating: 0, count: count),
        nulls: places.null == nil ? nil : Memory(repeating: 0, count: count),
        bytes: isTruth ? Memory(repeating: 0, count: count) : nil,
        verdicts: places.verdict == nil ? nil : Memory(repeating: 0, count: count))
    }
    let all = outputs.compactMap { target, places in series[target].map { (places, $0) } }
    let blocks = (count + Machine.rows - 1) / Machine.rows
    let workers = max(1, min(threads, blocks))
    let doubts = Memory<UInt8>(repeating: 0, count: count)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      let machine = Machine(program, over: population)
      for block in blocks * worker / workers..<blocks * (worker + 1) / workers {
        let start = block * Machine.rows
        let rows = Machine.Rows(start: start, count: min(Machine.rows, count - start), numbers: nil)
        machine.run(rows)
        for (places, own) in all { copy(places, from: machine, rows, into: own, doubts) }
        if !program.doubts.isEmpty {
          for index in 0..<rows.count where machine.isDoubtful(index) { doubts.base[start + index] = 1 }
        }
      }
    }
    let doubtful = (0..<count).filter { doubts.base[$0] != 0 }
    return PopulationResults(count: count, series: series, doubtful: doubtful)
  }

  private func copy(
    _ places: OutputPlaces, from machine: Machine, _ rows: Machine.Rows, into series: PopulationResults.Series,
    _ doubts: Memory<UInt8>
  ) {
    func byte(_ place: Int, _ memory: Memory<UInt8>?) {
      guard let memory else { return }
      (memory.base + rows.start).update(from: machine.byte(program.outputs[place]), count: rows.count)
    }
    if let verdict = places.verdict { byte(verdict, series.verdicts) }
    if let null = places.null { byte(null, series.nulls) }
    guard let value = places.value else { return }
    if let values = series.values, program.outputs[value].lane == .wide {
      let wide = machine.wide(program.outputs[value])
      for index in 0..<rows.count where series.nulls.map({ $0.base[rows.start + index] == 0 }) ?? true {
        if let narrow = Int64(exactly: wide[index]) {
          values.base[rows.start + index] = narrow
        } else {
          doubts.base[rows.start + index] = 1
        }
      }
    } else if let values = series.values {
      (values.base + rows.start).update(from: machine.integer(program.outputs[value]), count: rows.count)
    } else {
      byte(value, series.bytes)
    }
  }
}
