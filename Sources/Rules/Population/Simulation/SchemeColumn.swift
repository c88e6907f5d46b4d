public import FEEL
public import Policy

/// What one scheme comes to for every row, side by side: as columns left it, and single rows as the interpreter says.
public struct SchemeColumn: Sendable {
  public let count: Int
  /// Amounts are in units of 10^-scale 元.
  let scale: Int
  /// How many amounts have no room in a column; they count as 0.
  private(set) var beyond = 0
  /// Places in `Verdict.allCases`, which go from the worst to the best; a byte each.
  private let verdicts: Cells
  /// nil for a scheme that pays nothing.
  private let amounts: Cells?
  /// Where set, no amount.
  private let nulls: Cells?
  /// What a unit of the cells is worth in those of the column.
  private let factor: Int64
  /// Rows with outcomes of their own, ascending.
  private var corrections: [Correction] = []

  private struct Correction: Sendable {
    var row: Int
    var verdict: UInt8
    var units: Int64
  }

  /// Some rows, one after another.
  struct Block {
    var verdicts: [UInt8] = []
    /// Zero where nothing is paid.
    var amounts: [Int64] = []
  }

  /// What the interpreter says of one row.
  struct Answer: Sendable {
    var row: Int
    var verdict: Verdict
    var amount: Decimal128?
  }

  /// Nobody gets anything.
  init(count: Int) {
    self.init(count: count, answers: [])
  }

  private init(verdicts: Cells, amounts: Cells?, scale: Int) {
    count = verdicts.count
    self.verdicts = verdicts
    self.amounts = amounts
    nulls = nil
    factor = 1
    self.scale = scale
  }

  /// - Parameter answers: for rows whose exact outcome only the interpreter has.
  init(_ series: PopulationResults.Series, answers: [Answer] = []) {
    let digits = series.fractionDigits ?? 0
    let finest = answers.map(\.digits).max() ?? 0
    scale = series.fractionDigits == nil ? max(finest, Self.cents) : max(finest, digits)
    factor = Self.power(scale - digits)
    verdicts = series.verdicts?.inBytes ?? Cells(bytes: [])
    amounts = series.fractionDigits == nil ? nil : series.values
    nulls = series.nulls
    count = verdicts.count
    corrections = answers.sorted { $0.row < $1.row }.map { answer in
      Correction(row: answer.row, verdict: answer.verdict.code, units: units(of: answer))
    }
    if factor > 1 { correctOverflows() }
  }

  /// A scheme that the interpreter alone has answered for.
  /// - Parameter answers: in the order of the rows; nobody else gets anything.
  init(count: Int, answers: [Answer]) {
    let digits = max(answers.map(\.digits).max() ?? 0, Self.cents)
    var beyond = 0
    var verdicts = [UInt8](repeating: Verdict.notApplicable.code, count: count)
    var units = [Int64](repeating: 0, count: answers.contains { $0.amount != nil } ? count : 0)
    for answer in answers {
      verdicts[answer.row] = answer.verdict.code
      if !units.isEmpty { units[answer.row] = Self.units(of: answer, scale: digits, beyond: &beyond) }
    }
    self.init(
      verdicts: Cells(bytes: verdicts), amounts: units.isEmpty ? nil : Cells(units, width: .eight), scale: digits)
    self.beyond = beyond
  }

  private mutating func units(of answer: Answer) -> Int64 { Self.units(of: answer, scale: scale, beyond: &beyond) }

  private static func units(of answer: Answer, scale: Int, beyond: inout Int) -> Int64 {
    guard let amount = answer.amount, answer.verdict == .met else { return 0 }
    if let units = amount.scaled(by: scale).flatMap({ Int64(exactly: $0) }) { return units }
    beyond += 1
    return 0
  }

  /// Amounts that a finer unit leaves no room for.
  private mutating func correctOverflows() {
    // A product of 32 bits with 32 has room in 64.
    guard let amounts, amounts.width == .eight || factor > Int64(Int32.max) else { return }
    let limit = Int64.max / factor, known = Set(corrections.map(\.row))
    for (row, amount) in amounts.numbers.enumerated() where amount > limit || amount < -limit {
      if known.contains(row) || nulls.map({ $0[row] != 0 }) == true { continue }
      corrections.append(Correction(row: row, verdict: verdicts.bytes[row], units: 0))
      beyond += 1
    }
    corrections.sort { $0.row < $1.row }
  }

  /// Money is counted in fen at least.
  static let cents = 2
  fileprivate static let finest = 9

  static func power(_ exponent: Int) -> Int64 { (0..<max(exponent, 0)).reduce(1) { power, _ in power &* 10 } }
}

// MARK: - Reading

extension SchemeColumn {
  /// False where every amount is zero.
  var isPaying: Bool { amounts != nil || corrections.contains { $0.units != 0 } }

  public func verdict(_ row: Int) -> Verdict {
    Verdict.allCases[Int(code(row))]
  }

  /// 元; zero where nothing is paid.
  public func amount(_ row: Int) -> Decimal128 {
    var block = Block()
    read(row..<row + 1, into: &block)
    return Decimal128(Int128(block.amounts[0]), exponent: -scale) ?? .zero
  }

  /// The place of one row's verdict in `Verdict.allCases`.
  func code(_ row: Int) -> UInt8 {
    var code = verdicts.bytes[row]
    forEachCorrection(in: row..<row + 1) { code = $0.verdict }
    return code
  }

  func read(_ rows: Range<Int>, into block: inout Block) {
    read(rows, into: &block.verdicts)
    if block.amounts.count != rows.count { block.amounts = [Int64](repeating: 0, count: rows.count) }
    readAmounts(rows, into: &block.amounts)
  }

  /// The verdicts of some rows.
  func read(_ rows: Range<Int>, into codes: inout [UInt8]) {
    if codes.count != rows.count { codes = [UInt8](repeating: 0, count: rows.count) }
    codes.withUnsafeMutableBytes { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: verdicts.bytes[rows])) }
    forEachCorrection(in: rows) { codes[$0.row - rows.lowerBound] = $0.verdict }
  }

  /// By group, in the column's own units.
  func figures(by dimension: Dimension) -> [SimulationResult.Figures] {
    let codes = dimension.codes, verdicts = Verdict.allCases.count
    var counts = [Int](repeating: 0, count: dimension.groups.count * verdicts)
    var sums = [Int128](repeating: 0, count: dimension.groups.count)
    var block = Block()
    for rows in Workers(1).blocks(of: count, 0) {
      read(rows, into: &block)
      for (place, row) in rows.enumerated() {
        counts[Int(codes[row]) * verdicts + Int(block.verdicts[place])] += 1
        sums[Int(codes[row])] += Int128(block.amounts[place])
      }
    }
    return sums.indices.map { group in
      SimulationResult.Figures(
        counts: Array(counts[group * verdicts..<(group + 1) * verdicts]), units: sums[group], scale: scale)
    }
  }

  private func readAmounts(_ rows: Range<Int>, into units: inout [Int64]) {
    guard let amounts else {
      for index in units.indices { units[index] = 0 }
      forEachCorrection(in: rows) { units[$0.row - rows.lowerBound] = $0.units }
      return
    }
    amounts.read(rows, into: &units)
    units.withUnsafeMutableBufferPointer { units in
      if factor > 1 { for index in units.indices { units[index] &*= factor } }
      guard let nulls else { return }
      if nulls.width == .one {
        let isNull = nulls.pointer(UInt8.self) + rows.lowerBound
        for index in units.indices { units[index] = isNull[index] == 0 ? units[index] : 0 }
      } else {
        for (index, row) in rows.enumerated() where nulls[row] != 0 { units[index] = 0 }
      }
    }
    forEachCorrection(in: rows) { units[$0.row - rows.lowerBound] = $0.units }
  }

  /// Whether the memory of both is the same; where it is not, they may still come to the same.
  func looksLike(_ other: SchemeColumn, in rows: Range<Int>) -> Bool {
    var isCorrected = false
    forEachCorrection(in: rows) { _ in isCorrected = true }
    other.forEachCorrection(in: rows) { _ in isCorrected = true }
    guard !isCorrected, factor == other.factor, verdicts.isSame(as: other.verdicts, in: rows) else { return false }
    for (own, others) in [(amounts, other.amounts), (nulls, other.nulls)] {
      switch (own, others) {
      case (nil, nil): continue
      case (let own?, let others?) where own.isSame(as: others, in: rows): continue
      default: return false
      }
    }
    return true
  }

  private func forEachCorrection(in rows: Range<Int>, _ body: (Correction) -> Void) {
    guard !corrections.isEmpty else { return }
    var low = 0, high = corrections.count
    while low < high {
      let middle = (low + high) / 2
      if corrections[middle].row < rows.lowerBound { low = middle + 1 } else { high = middle }
    }
    while low < corrections.count, corrections[low].row < rows.upperBound {
      body(corrections[low])
      low += 1
    }
  }
}

extension SchemeColumn.Answer {
  /// How many digits behind the point its amount is kept with.
  fileprivate var digits: Int {
    guard verdict == .met, let amount else { return 0 }
    return min(amount.fractionDigits ?? 0, SchemeColumn.finest)
  }
}

extension Verdict {
  /// Its place in `Verdict.allCases`.
  var code: UInt8 { UInt8(Verdict.allCases.firstIndex(of: self) ?? 0) }
}

extension Cells {
  fileprivate func isSame(as other: Cells, in rows: Range<Int>) -> Bool {
    guard width == other.width else { return false }
    let start = rows.lowerBound * width.bytes, count = rows.count * width.bytes
    let (own, others) = (base + start, other.base + start)
    // Without a way out in between, so that many words are compared at once.
    var difference: UInt64 = 0
    for place in stride(from: 0, to: count - 7, by: 8) {
      difference |=
        own.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        ^ others.loadUnaligned(fromByteOffset: place, as: UInt64.self)
    }
    for place in count & ~7..<count {
      difference |= UInt64(
        own.load(fromByteOffset: place, as: UInt8.self) ^ others.load(fromByteOffset: place, as: UInt8.self))
    }
    return difference == 0
  }

  /// A byte each; values must be bytes.
  fileprivate var inBytes: Cells {
    width == .one ? self : Cells(bytes: numbers.map { UInt8(truncatingIfNeeded: $0) })
  }
}
