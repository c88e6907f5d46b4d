import FEEL
import Instructions
import TestKit
import Testing

@testable import Kernels
@testable import Population

@Suite("What operations compute")
struct KernelTests {
  private static let modes: [(WholeRounding, Rounding)] = [
    (.floor, .floor), (.ceiling, .ceiling), (.up, .up), (.down, .down), (.halfUp, .halfUp), (.halfDown, .halfDown),
    (.halfEven, .halfEven),
  ]

  @Test("quotients are made whole as FEEL rounds", arguments: modes.indices)
  func quotients(mode: Int) throws {
    let (own, other) = Self.modes[mode]
    var random = SeededRandom(seed: UInt64(mode))
    for _ in 0..<2_000 {
      let a = Int64.random(in: -1_000...1_000, using: &random)
      let b = try #require([1, 2, 3, 4, 5, 8, 10, 20, -2, -3, -10].randomElement(using: &random)) as Int64
      let exact = try #require(Decimal128(Int(a)).divided(by: Decimal128(Int(b))))
      let rounded = try #require(exact.rounded(toScale: 0, other)?.integer)
      #expect(Whole.quotient(a, b, own) == Int64(rounded), "\(a) / \(b) \(own)")
      #expect(Whole.quotient(Int128(a), Int128(b), own) == Int128(rounded), "\(a) / \(b) \(own)")
    }
    #expect(Whole.quotient(Int64(7), 0, own) == 0)
    var wrong: [String] = []
    for _ in 0..<3_000 {
      let divisor = Int64.random(in: 3..<(1 << Int64.random(in: 3...60, using: &random)), using: &random)
      guard let reciprocal = Whole.Divisor(Int(divisor)) else { continue }
      // Anywhere, and where rounding turns.
      let multiple = divisor &* Int64.random(in: -1_000...1_000, using: &random)
      let aside: [Int64] = [0, 1, -1, divisor / 2, divisor / 2 + 1]
      let near = multiple &+ (aside.randomElement(using: &random) ?? 0)
      for value in [Int64.random(in: .min ... .max, using: &random), near, .max, .min, 0] {
        let expected = Whole.quotient(Int128(value), Int128(divisor), own)
        if Int128(reciprocal.quotient(value, own)) != expected { wrong.append("\(value) / \(divisor) \(own)") }
      }
    }
    #expect(wrong == [])
  }

  @Test("days move by months as dates do")
  func months() throws {
    var random = SeededRandom(seed: 5)
    for number in 0..<4_000 {
      let far = number.isMultiple(of: 2) ? 1 : 40
      let day = Int.random(in: -20_000 * far...40_000 * far, using: &random)
      let months = Int.random(in: -60 * far...60 * far, using: &random)
      let date = try #require(CalendarDate(dayNumber: day)), moved = try #require(date.adding(months: months))
      #expect(Calendar.adding(Int64(months), to: Int64(day)) == Int64(moved.dayNumber))
      #expect(Calendar.part(.year, of: Int64(day)) == Int64(date.year))
      #expect(Calendar.part(.month, of: Int64(day)) == Int64(date.month))
      #expect(Calendar.part(.day, of: Int64(day)) == Int64(date.day))
      #expect(Calendar.part(.weekday, of: Int64(day)) == Int64(date.weekday))
      let back = Calendar.months(from: Int64(day), to: Int64(moved.dayNumber))
      #expect(back == Int64(MonthsDuration(from: date, to: moved).months))
    }
  }

  @Test("a sum that may outgrow 64 bits is kept in 128, one that may outgrow FEEL's digits is refused")
  func widths() throws {
    let builder = ProgramBuilder(table: "t")
    let column = ColumnReference(table: "t", key: ColumnTable.Key("x"))
    let most = Int128(Int64.max)
    let a = builder.append(.load(column, row: nil), .integer, 0...most)
    #expect(builder.lane(try builder.add(a, builder.constant(0))) == .integer)
    let sum = try builder.add(a, a)
    #expect(builder.lane(sum) == .wide)
    #expect(builder.bounds(sum) == 0...2 * most)
    let error = #expect(throws: Unsupported.self) { try builder.multiply(sum, sum) }
    #expect(error?.reason == .digits)
  }

  @Test("the same step is taken once, and what is known is not computed")
  func sharing() throws {
    let builder = ProgramBuilder(table: "t")
    let column = ColumnReference(table: "t", key: ColumnTable.Key("x"))
    let a = builder.append(.load(column, row: nil), .integer, 5...9)
    let count = builder.operations.count
    #expect(try builder.multiply(a, by: 3) == builder.multiply(a, by: 3))
    #expect(builder.operations.count == count + 1)
    let ten = builder.constant(10)
    #expect(builder.constantByte(builder.compare(.less, a, ten)) == ProgramBuilder.yes)
    #expect(builder.constantByte(builder.compare(.equal, a, ten)) == ProgramBuilder.no)
    #expect(builder.constantValue(try builder.add(ten, ten)) == 20)
  }

  @Test("a wide column of numbers adds up without loss")
  func wideSums() throws {
    let builder = ProgramBuilder(table: "t")
    let values: [Int64] = [Int64.max, Int64.max - 1, 3]
    let column = Column(.number(scale: 0), values: values)
    let table = ColumnTable(
      type: "t", keys: ["a", "b", "c"], columns: [ColumnTable.Key("x"): column], parents: [:])
    let load = builder.append(
      .load(ColumnReference(table: "t", key: ColumnTable.Key("x")), row: nil), .integer, 3...Int128(Int64.max))
    let sum = try builder.add(load, load)
    let program = Program(builder, outputs: [sum])
    let machine = Machine(program, over: Population(tables: ["t": table]))
    machine.run(Machine.Rows(start: 0, count: 3, numbers: nil))
    let sums = (0..<3).map { machine.number(program.outputs[0], $0, from: 0) }
    #expect(sums == values.map { Int128($0) * 2 })
  }
}
