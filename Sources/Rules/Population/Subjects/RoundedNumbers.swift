import FEEL
import Policy

/// Numbers of all subjects in units of 10^-``PeerMeasure/digits``, rounded half to even: good enough to put them in order.
struct RoundedNumbers: Sendable {
  var values: [Int64]
  /// Whether the number is known, and has room.
  var isKnown: [Bool]

  init(count: Int) {
    values = [Int64](repeating: 0, count: count)
    isKnown = [Bool](repeating: false, count: count)
  }

  fileprivate mutating func set(_ row: Int, _ numerator: Int128, _ divisor: Int128) {
    guard let whole = numerator.dividedHalfEven(by: divisor).flatMap({ Int64(exactly: $0) }) else { return }
    values[row] = whole
    isKnown[row] = true
  }

  fileprivate mutating func set(_ row: Int, _ number: Decimal128) {
    guard let whole = number.rounded(toScale: PeerMeasure.digits, .halfEven)?.scaled(by: PeerMeasure.digits) else {
      return
    }
    set(row, whole, 1)
  }
}

extension SubjectValues {
  /// What numeric attributes come to for every subject.
  /// - Parameter interpretedRows: decisions of which the interpreter would have to answer for more rows are unknown.
  func numbers(of attributes: [Attribute], interpretedRows: Int) -> [Attribute: RoundedNumbers] {
    var numbers: [Attribute: RoundedNumbers] = [:]
    for attribute in attributes { if let field = attribute.field { numbers[attribute] = self.numbers(of: field) } }
    let decisions = attributes.filter { $0.field == nil }
    for decision in decisions { numbers[decision] = self.numbers(of: decision, interpretedRows) }
    return numbers
  }

  private func numbers(of field: Field) -> RoundedNumbers {
    var numbers = RoundedNumbers(count: count)
    guard let column = column(of: field), case .number(let scale) = column.kind else { return numbers }
    let (factor, divisor) = Int128.ratio(from: scale, to: PeerMeasure.digits)
    for row in 0..<column.count where column.state(row) == .given {
      numbers.set(row, Int128(column.whole(row)) * factor, divisor)
    }
    return numbers
  }

  private func numbers(of decision: Attribute, _ interpretedRows: Int) -> RoundedNumbers {
    let target = PopulationPlan.Target.decision(decision.name)
    let plan = PopulationPlan(rulebook, over: population, asOf: asOf, overrides: overrides, targets: [target])
    let parts = plan.fractions(of: target, threads: threads)
    var numbers = RoundedNumbers(count: count), doubtful = parts == nil ? Array(0..<count) : []
    for part in parts ?? [] {
      for (index, fraction) in part.fractions.enumerated() {
        if let fraction { numbers.set(part.rows.lowerBound + index, fraction.numerator, fraction.divisor) }
      }
      doubtful += part.doubtful
    }
    guard doubtful.count <= interpretedRows, let keys = population.tables[subject.name]?.keys else { return numbers }
    let facts = facts()
    for row in doubtful {
      let value = rulebook.value(
        ofDecision: decision.name, for: keys[row], facts: facts, asOf: asOf, overrides: overrides)
      if case .number(let number)? = value { numbers.set(row, number) }
    }
    return numbers
  }
}

extension PopulationPlan {
  /// Numbers of a run of subjects as fractions of whole ones.
  struct Fractions: Sendable {
    var rows: Range<Int>
    /// In units of 10^-``PeerMeasure/digits``; nil where the number is null or rests on something that is missing.
    var fractions: [(numerator: Int128, divisor: Int128)?] = []
    /// Rows of which only the interpreter has the result.
    var doubtful: [Int] = []
  }

  /// What a numeric target comes to for every subject; nil when it has no plan or is no number.
  fileprivate func fractions(of target: Target, threads: Int) -> [Fractions]? {
    guard let places = outputs[target], let value = places.value, case .number(let scale) = places.kind else {
      return nil
    }
    let (factor, unit) = Int128.ratio(from: scale, to: PeerMeasure.digits)
    let count = population.tables[subject.name]?.count ?? 0
    let workers = Workers(threads)
    return workers.map(workers.count) { worker in
      let run = count * worker / workers.count..<count * (worker + 1) / workers.count
      let machine = Machine(program, over: population)
      var part = Fractions(rows: run)
      part.fractions.reserveCapacity(run.count)
      for start in stride(from: run.lowerBound, to: run.upperBound, by: Machine.rows) {
        let rows = Machine.Rows(start: start, count: min(Machine.rows, run.upperBound - start), numbers: nil)
        machine.run(rows)
        func number(_ place: Int, _ index: Int) -> Int128 { machine.number(program.outputs[place], index, from: start) }
        for index in 0..<rows.count {
          let isNull = places.null.map { number($0, index) != 0 } ?? false
          let isOpen = places.open.map { number($0, index) != 0 } ?? false
          let divisor = places.divisor.map { number($0, index) } ?? 1
          let (numerator, overflow) = number(value, index).multipliedReportingOverflow(by: factor)
          let (denominator, over) = divisor.multipliedReportingOverflow(by: unit)
          let isKnown = !isNull && !isOpen && !overflow && !over && denominator != 0
          part.fractions.append(isKnown ? (numerator, denominator) : nil)
          if machine.isDoubtful(index, from: start) { part.doubtful.append(start + index) }
        }
      }
      return part
    }
  }
}

extension Int128 {
  /// What turns units of 10^-`scale` into units of 10^-`digits`: a factor, and a divisor.
  fileprivate static func ratio(from scale: Int, to digits: Int) -> (factor: Int128, divisor: Int128) {
    func power(_ exponent: Int) -> Int128 { (0..<Swift.max(exponent, 0)).reduce(1) { power, _ in power * 10 } }
    return (power(digits - scale), power(scale - digits))
  }

  /// The nearest whole number, of two as near the even one; nil for a divisor of zero.
  fileprivate func dividedHalfEven(by divisor: Int128) -> Int128? {
    guard divisor != 0, !(self == .min && divisor == -1) else { return nil }
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    let rest = remainder.magnitude, other = divisor.magnitude - rest
    guard rest > other || (rest == other && quotient % 2 != 0) else { return quotient }
    return quotient + ((self < 0) == (divisor < 0) ? 1 : -1)
  }
}
