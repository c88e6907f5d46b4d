import FEEL
import Instructions

/// Collects operations over the rows of one table. What was asked for before is not computed again, and what is known
/// without rows is not computed at all.
final class ProgramBuilder {
  let table: String
  /// The program around this one, for rows that belong to its rows.
  let outer: ProgramBuilder?
  private(set) var operations: [Operation] = []
  private(set) var lanes: [Lane] = []
  /// Of each integer register: no value lies outside.
  private(set) var bounds: [ClosedRange<Int128>] = []
  /// Of each byte register, which values occur.
  private(set) var possible: [ByteSet] = []
  /// Truths that are only yes where a register has one of these values.
  private var domains: [Register: Domain] = [:]
  private var known: [Operation: Register] = [:]
  private(set) var nests: [Nest] = []
  private var nestIndex: [NestKey: Int] = [:]
  /// Masks of rows whose exact result only the interpreter gives.
  private(set) var doubts: [Register] = []

  /// Rows of another table that belong to the rows of this one.
  struct Nest {
    var builder: ProgramBuilder
    /// The reference field that leads here.
    var field: String
    /// The row of the parent's table; nil: the program's own row.
    var parent: Register?
  }

  struct Domain {
    static let most = 256

    var subject: Register
    var values: Set<Int128>
    /// The truth is yes wherever the register has one of the values, and no elsewhere.
    var isExact: Bool
  }

  private struct NestKey: Hashable {
    var table: String
    var field: String
    var parent: Register?
  }

  init(table: String, outer: ProgramBuilder? = nil) {
    self.table = table
    self.outer = outer
  }

  func lane(_ register: Register) -> Lane { lanes[register.index] }
  func bounds(_ register: Register) -> ClosedRange<Int128> { bounds[register.index] }

  func domain(_ truth: Register) -> Domain? { domains[truth] }

  /// - Parameter possible: which bytes occur, where that is known better than the operation tells.
  func append(
    _ operation: Operation, _ lane: Lane, _ bounds: ClosedRange<Int128> = 0...3, possible: ByteSet? = nil
  ) -> Register {
    if let register = known[operation] { return register }
    self.possible.append(possible ?? (lane == .byte ? outcomes(of: operation) : .any))
    let register = Register(index: operations.count)
    operations.append(operation)
    lanes.append(lane)
    self.bounds.append(bounds)
    known[operation] = register
    return register
  }

  /// The builder for rows of a table whose reference field leads to a row of this program's table or of another.
  func nest(table: String, field: String, parent: Register?) -> Int {
    let key = NestKey(table: table, field: field, parent: parent)
    if let index = nestIndex[key] { return index }
    nests.append(Nest(builder: ProgramBuilder(table: table, outer: self), field: field, parent: parent))
    nestIndex[key] = nests.count - 1
    return nests.count - 1
  }

  /// The number of the row in its table.
  var ownRow: Register { append(.ownRow, .integer, 0...Int128(Int32.max)) }

  /// Notes rows that only the interpreter can answer for: where the mask is set for one of its rows, so does the row that
  /// they belong to.
  func doubt(_ mask: Register) {
    if constantByte(mask) == 0 { return }
    guard let outer else {
      if !doubts.contains(mask) { doubts.append(mask) }
      return
    }
    guard let nest = outer.nests.firstIndex(where: { $0.builder === self }) else { return }
    let reduction = Reduction(kind: .orBytes, nest: nest, keep: nil, value: mask)
    outer.doubt(outer.append(.reduce(reduction), .byte))
  }
}

// MARK: - Integers

extension ProgramBuilder {
  func constant(_ value: Int128) -> Register {
    append(.constant(value), Self.lane(for: value...value), value...value)
  }

  func constantValue(_ register: Register) -> Int128? {
    if case .constant(let value) = operations[register.index] { value } else { nil }
  }

  /// A value that is given when the program runs, within bounds.
  func setting(_ number: Int, in bounds: ClosedRange<Int128>) -> Register {
    append(.setting(number), Self.lane(for: bounds), bounds)
  }

  /// A truth that is given when the program runs, as no or yes.
  func truthSetting(_ number: Int) -> Register { append(.setting(number), .byte, possible: [Self.no, Self.yes]) }

  static func lane(for bounds: ClosedRange<Int128>) -> Lane {
    let narrow = Int128(Int64.min)...Int128(Int64.max)
    return narrow.contains(bounds.lowerBound) && narrow.contains(bounds.upperBound) ? .integer : .wide
  }

  /// In at least 128 bits where the lane asks for them.
  func widened(_ register: Register, to lane: Lane) -> Register {
    guard lane == .wide, self.lane(register) == .integer else { return register }
    if let value = constantValue(register) {
      // A constant of the wide lane is an operation of its own.
      return append(.scale(append(.constant(value), .integer, value...value), by: 1), .wide, value...value)
    }
    return append(.widen(register), .wide, bounds(register))
  }

  private func binary(
    _ a: Register, _ b: Register, _ bounds: ClosedRange<Int128>, _ operation: (Register, Register) -> Operation
  ) -> Register {
    var lane = Self.lane(for: bounds)
    if self.lane(a) == .wide || self.lane(b) == .wide { lane = .wide }
    return append(operation(widened(a, to: lane), widened(b, to: lane)), lane, bounds)
  }

  func add(_ a: Register, _ b: Register) throws(Unsupported) -> Register {
    if constantValue(a) == 0 { return b }
    if constantValue(b) == 0 { return a }
    let bounds = try Bounds.sum(bounds(a), bounds(b))
    if let x = constantValue(a), let y = constantValue(b) { return constant(x + y) }
    return binary(a, b, bounds) { .add($0, $1) }
  }

  func subtract(_ a: Register, _ b: Register) throws(Unsupported) -> Register {
    if constantValue(b) == 0 { return a }
    let bounds = try Bounds.difference(bounds(a), bounds(b))
    if let x = constantValue(a), let y = constantValue(b) { return constant(x - y) }
    return binary(a, b, bounds) { .subtract($0, $1) }
  }

  func multiply(_ a: Register, _ b: Register) throws(Unsupported) -> Register {
    if let factor = constantValue(a) { return try multiply(b, by: factor) }
    if let factor = constantValue(b) { return try multiply(a, by: factor) }
    let bounds = try Bounds.product(bounds(a), bounds(b))
    return binary(a, b, bounds) { .multiply($0, $1) }
  }

  func multiply(_ a: Register, by factor: Int128) throws(Unsupported) -> Register {
    if factor == 1 { return a }
    let bounds = try Bounds.product(bounds(a), factor...factor)
    if let value = constantValue(a) { return constant(value * factor) }
    let lane = self.lane(a) == .wide ? .wide : Self.lane(for: bounds)
    return append(.scale(widened(a, to: lane), by: factor), lane, bounds)
  }

  func minimum(_ a: Register, _ b: Register) -> Register {
    let (x, y) = (bounds(a), bounds(b))
    let both = min(x.lowerBound, y.lowerBound)...min(x.upperBound, y.upperBound)
    if let x = constantValue(a), let y = constantValue(b) { return constant(min(x, y)) }
    return binary(a, b, both) { .minimum($0, $1) }
  }

  func maximum(_ a: Register, _ b: Register) -> Register {
    let (x, y) = (bounds(a), bounds(b))
    let both = max(x.lowerBound, y.lowerBound)...max(x.upperBound, y.upperBound)
    if let x = constantValue(a), let y = constantValue(b) { return constant(max(x, y)) }
    return binary(a, b, both) { .maximum($0, $1) }
  }

  /// - Parameter truth: a truth; where it is unknown, `b`.
  func select(_ truth: Register, _ a: Register, _ b: Register) -> Register {
    if let value = constantByte(truth) { return value == 2 ? a : b }
    if a == b || !possible[truth.index].contains(Self.yes) { return b }
    if possible[truth.index] == ByteSet(Self.yes) { return a }
    if let x = constantByte(a), let y = constantByte(b) { return map(truth, [y, y, x, x]) }
    switch operations[b.index] {
    // Of two choices that come to the same, one is made: many columns of a table then share when they are hit.
    case .select(let second, a, let rest), .selectByte(let second, a, let rest):
      return select(or(truth, second), a, rest)
    default: break
    }
    if lane(a) == .byte {
      // As truths; a mask or a code may be more than yes.
      if constantByte(a) == Self.no, isCertain(truth), possible[b.index].isTruth { return and(not(truth), b) }
      return append(.selectByte(truth, a, b), .byte)
    }
    let both = Bounds.union(bounds(a), bounds(b))
    let lane: Lane = self.lane(a) == .wide || self.lane(b) == .wide ? .wide : .integer
    return append(.select(truth, widened(a, to: lane), widened(b, to: lane)), lane, both)
  }

  /// The quotient made whole. The divisor's bounds must not hold zero unless the caller masks it.
  func divide(_ a: Register, by b: Register, _ rounding: WholeRounding) -> Register {
    if constantValue(b) == 1 { return a }
    let most = max(bounds(a).upperBound.magnitude, bounds(a).lowerBound.magnitude)
    let bound = Int128(most)
    return binary(a, b, -bound...bound) { .divide($0, by: $1, rounding) }
  }

  /// - Parameter table: an entry for each code of the register.
  func lookUp(_ codes: Register, _ entries: [Int64]) -> Register {
    if let code = constantValue(codes) {
      let entry = entries.indices.contains(Int(code)) ? entries[Int(code)] : -1
      return constant(Int128(entry))
    }
    let low = Int128(entries.min() ?? -1), high = Int128(entries.max() ?? -1)
    return append(.lookUp(codes, LookUp(entries: entries)), .integer, min(low, -1)...max(high, -1))
  }

  func lookUpByte(_ codes: Register, _ entries: [UInt8]) -> Register {
    if let code = constantValue(codes) { return byte(entries.indices.contains(Int(code)) ? entries[Int(code)] : 0) }
    return append(.lookUpByte(codes, LookUp(entries: entries.map(Int64.init))), .byte)
  }
}

// MARK: - Truths and masks

extension ProgramBuilder {
  static let no: UInt8 = 0, unknown: UInt8 = 1, yes: UInt8 = 2

  func byte(_ value: UInt8) -> Register { append(.byte(value), .byte) }

  func constantByte(_ register: Register) -> UInt8? {
    if case .byte(let value) = operations[register.index] { value } else { nil }
  }

  /// Yes or no.
  func compare(_ comparison: Comparison, _ a: Register, _ b: Register) -> Register {
    let (x, y) = (bounds(a), bounds(b))
    switch comparison {
    case .less:
      if x.upperBound < y.lowerBound { return byte(Self.yes) }
      if x.lowerBound >= y.upperBound { return byte(Self.no) }
    case .lessOrEqual:
      if x.upperBound <= y.lowerBound { return byte(Self.yes) }
      if x.lowerBound > y.upperBound { return byte(Self.no) }
    case .equal:
      if !x.overlaps(y) { return byte(Self.no) }
      if x == y, x.lowerBound == x.upperBound { return byte(Self.yes) }
    }
    let lane: Lane = self.lane(a) == .wide || self.lane(b) == .wide ? .wide : .integer
    let result = append(.compare(comparison, widened(a, to: lane), widened(b, to: lane)), .byte)
    if comparison == .equal {
      if let value = constantValue(b) { domains[result] = Domain(subject: a, values: [value], isExact: true) }
      if let value = constantValue(a) { domains[result] = Domain(subject: b, values: [value], isExact: true) }
    }
    return result
  }

  /// Never unknown.
  private func isCertain(_ truth: Register) -> Bool { !possible[truth.index].contains(Self.unknown) }

  func and(_ a: Register, _ b: Register) -> Register {
    if a == b { return a }
    for (one, other) in [(a, b), (b, a)] {
      if constantByte(one) == Self.no { return one }
      if constantByte(one) == Self.yes { return other }
    }
    var domain = domains[a] ?? domains[b]
    domain?.isExact = false
    if let x = domains[a], let y = domains[b], x.subject == y.subject {
      domain?.values = x.values.intersection(y.values)
      if domain?.values.isEmpty == true, isCertain(a), isCertain(b) { return byte(Self.no) }
    }
    let result = append(a.index < b.index ? .leastByte(a, b) : .leastByte(b, a), .byte)
    if let domain { domains[result] = domain }
    return result
  }

  func or(_ a: Register, _ b: Register) -> Register {
    if a == b { return a }
    for (one, other) in [(a, b), (b, a)] {
      if constantByte(one) == Self.yes { return one }
      if constantByte(one) == Self.no { return other }
    }
    let result = append(a.index < b.index ? .greatestByte(a, b) : .greatestByte(b, a), .byte)
    if let x = domains[a], let y = domains[b], x.subject == y.subject {
      let values = x.values.union(y.values)
      if values.count <= Domain.most {
        domains[result] = Domain(subject: x.subject, values: values, isExact: x.isExact && y.isExact)
      }
    }
    return result
  }

  func not(_ a: Register) -> Register { map(a, [2, 1, 0, 0]) }

  /// - Parameter entries: four, one for each value of the byte.
  func map(_ a: Register, _ entries: [UInt8]) -> Register {
    if let value = constantByte(a) { return byte(entries[Int(value)]) }
    let values = possible[a.index].values.filter { $0 < 4 }
    if values.allSatisfy({ entries[Int($0)] == $0 }) { return a }
    if let first = values.first, values.allSatisfy({ entries[Int($0)] == entries[Int(first)] }) {
      return byte(entries[Int(first)])
    }
    switch operations[a.index] {
    case .mapByte(let inner, let first): return map(inner, first.map { entries[Int($0)] })
    case .selectByte(let truth, let x, let y):
      guard let value = constantByte(x) else { break }
      let rest = map(y, entries)
      if rest == y || constantByte(rest) != nil { return select(truth, byte(entries[Int(value)]), rest) }
    default: break
    }
    return append(.mapByte(a, values.isEmpty ? entries : plain(entries, of: values)), .byte)
  }

  /// Entries that differ in as few places as can be, those for values that do not occur being free.
  private func plain(_ entries: [UInt8], of values: [UInt8]) -> [UInt8] {
    var entries = entries
    for value in entries.indices where !values.contains(UInt8(value)) {
      let pair = value ^ 1
      entries[value] = values.contains(UInt8(pair)) ? entries[pair] : entries[Int(values[0])]
    }
    return entries
  }

  /// Which bytes come of an operation, by those that go in.
  private func outcomes(of operation: Operation) -> ByteSet {
    switch operation {
    case .byte(let value): ByteSet(value)
    case .compare, .byteEquals: [Self.no, Self.yes]
    case .truth: [Self.no, Self.unknown, Self.yes]
    case .state(_, _, let meanings): ByteSet(meanings)
    case .leastByte(let a, let b): possible[a.index].combined(with: possible[b.index]) { min($0, $1) }
    case .greatestByte(let a, let b): possible[a.index].combined(with: possible[b.index]) { max($0, $1) }
    case .orBytes(let a, let b): possible[a.index].combined(with: possible[b.index]) { $0 | $1 }
    case .selectByte(_, let a, let b): possible[a.index].union(possible[b.index])
    case .mapByte(let a, let entries):
      ByteSet(possible[a.index].values.map { entries.indices.contains(Int($0)) ? entries[Int($0)] : 0 })
    case .imported(let above): outer?.possible[above.index] ?? .any
    default: .any
    }
  }

  /// A mask (1 or 0) of where the truth is unknown.
  func isUnknown(_ truth: Register) -> Register? { mask(map(truth, [0, 1, 0, 0])) }

  /// nil for a mask that is never set.
  func mask(_ register: Register) -> Register? { constantByte(register) == 0 ? nil : register }

  /// The bits of both; nil stands for a mask that is never set.
  func union(_ a: Register?, _ b: Register?) -> Register? {
    guard let a else { return b }
    guard let b, a != b else { return a }
    if let x = constantByte(a), let y = constantByte(b) { return byte(x | y) }
    return append(a.index < b.index ? .orBytes(a, b) : .orBytes(b, a), .byte)
  }

  /// `a` where the truth is yes, `b` elsewhere; nil stands for a mask that is never set.
  func selectMask(_ truth: Register, _ a: Register?, _ b: Register?) -> Register? {
    if a == b { return a }
    return mask(select(truth, a ?? byte(0), b ?? byte(0)))
  }

  /// Yes where a mask is not set.
  func isUnset(_ mask: Register?) -> Register { mask.map { map($0, [2, 0, 0, 0]) } ?? byte(Self.yes) }

  /// Yes where a mask is set.
  func isSet(_ mask: Register?) -> Register { mask.map { map($0, [0, 2, 2, 2]) } ?? byte(Self.no) }

  /// Unknown where the mask is set.
  func unknown(where mask: Register?, else truth: Register) -> Register {
    guard let mask else { return truth }
    return select(isSet(mask), byte(Self.unknown), truth)
  }
}

/// The ends of results, so that no sum or product leaves the room it has.
enum Bounds {
  /// Beyond this FEEL itself would round: its numbers have 34 digits.
  private static let most: Int128 = 9_999_999_999_999_999_999_999_999_999_999_999

  static func union(_ a: ClosedRange<Int128>, _ b: ClosedRange<Int128>) -> ClosedRange<Int128> {
    min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
  }

  static func sum(_ a: ClosedRange<Int128>, _ b: ClosedRange<Int128>) throws(Unsupported) -> ClosedRange<Int128> {
    // Each end has at most 34 digits, so that two together fit.
    try checked(a.lowerBound + b.lowerBound, a.upperBound + b.upperBound)
  }

  static func difference(
    _ a: ClosedRange<Int128>, _ b: ClosedRange<Int128>
  ) throws(Unsupported) -> ClosedRange<Int128> {
    try checked(a.lowerBound - b.upperBound, a.upperBound - b.lowerBound)
  }

  static func product(_ a: ClosedRange<Int128>, _ b: ClosedRange<Int128>) throws(Unsupported) -> ClosedRange<Int128> {
    var ends: [Int128] = []
    for x in [a.lowerBound, a.upperBound] {
      for y in [b.lowerBound, b.upperBound] {
        let (end, overflow) = x.multipliedReportingOverflow(by: y)
        if overflow { throw Unsupported(.digits) }
        ends.append(end)
      }
    }
    return try checked(ends.min() ?? 0, ends.max() ?? 0)
  }

  private static func checked(_ low: Int128, _ high: Int128) throws(Unsupported) -> ClosedRange<Int128> {
    guard low >= -most, high <= most else { throw Unsupported(.digits) }
    return low...high
  }
}

/// Why something is not computed by columns but by the interpreter, row by row, with the same result.
public struct Unsupported: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// A number may need more digits than FEEL keeps exactly.
    case digits
    /// A column cannot hold the field's values exactly.
    case field(String)
    /// No columns for this form of FEEL or this function.
    case form(String)
    case recursion(String)
    /// What it comes to is no single value: a list, or several values together. Others may read it by columns all the same.
    case shape
    case size
  }

  public var reason: Reason

  init(_ reason: Reason) { self.reason = reason }
}
