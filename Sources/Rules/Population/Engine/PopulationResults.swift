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

    /// Digits behind the point of a number; nil for other kinds.
    public var fractionDigits: Int? { if case .number(let scale) = kind { scale } else { nil } }
  }

  public let count: Int
  public let series: [PopulationPlan.Target: Series]
  /// Subjects of which only the interpreter has the exact results, in order.
  public let doubtful: [Int]
}

extension PopulationPlan {
  /// Computes all targets for all subjects. Rows in which a result has no room in 64 bits are doubtful.
  /// - Parameters:
  ///   - threads: how many blocks are worked on side by side, each with working memory of its own.
  ///   - memory: where the results of the call before lay; these come to lie there where nobody holds those any more.
  ///   - progress: told of every block; when it is cancelled the blocks that are left stay as they are.
  /// - Throws: when a result stays a fraction.
  public func results(
    threads: Int = 1, in memory: ResultMemory? = nil, progress: WorkProgress? = nil
  ) throws(Unsupported) -> PopulationResults {
    if outputs.values.contains(where: { $0.divisor != nil }) { throw Unsupported(.digits) }
    let count = population.tables[subject.name]?.count ?? 0
    let run = ProgramRun(
      program: program, population: population, count: count, threads: threads, nulls: outputs.values.nullPlaces,
      progress: progress)
    let (cells, doubtful) = run.cells(of: outputs.values.flatMap(\.all), in: memory)
    return PopulationResults(count: count, outputs, cells, doubtful: doubtful)
  }
}

extension Collection<PopulationPlan.OutputPlaces> {
  /// For each value that may be null, which output says where.
  var nullPlaces: [Int: Int] {
    var places: [Int: Int] = [:]
    for output in self { if let value = output.value { places[value] = output.null } }
    return places
  }
}

extension PopulationResults {
  /// - Parameter cells: what a program has left, by the number of its output.
  init(
    count: Int, _ outputs: [PopulationPlan.Target: PopulationPlan.OutputPlaces], _ cells: [Int: Cells], doubtful: [Int]
  ) {
    self.count = count
    self.doubtful = doubtful
    series = outputs.mapValues { places in
      Series(
        kind: places.kind, values: places.value.flatMap { cells[$0] }, nulls: places.null.flatMap { cells[$0] },
        verdicts: places.verdict.flatMap { cells[$0] })
    }
  }
}
