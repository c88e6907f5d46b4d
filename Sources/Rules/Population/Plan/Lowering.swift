import Instructions

/// The steps for registers of a builder, each in the width that its values ask for.
struct Lowering {
  /// A value before it has a place.
  enum Virtual: Hashable {
    case value(Int, Width)
    case constant(Int128)
    case setting(Int, Width)
    case kept(Int, Width)
    case cells(ColumnReference, Width)
    case states(ColumnReference)

    var width: Width? {
      switch self {
      case .value(_, let width), .kept(_, let width), .cells(_, let width): width
      case .states: .one
      case .constant, .setting: nil
      }
    }
  }

  enum Step {
    case kernel(Program.Kernel, result: Virtual, operands: [Virtual])
    case nest(Nest)
  }

  struct Nest {
    var program: Program
    var table: String
    var field: String
    var parent: Virtual?
    var imports: [(from: Virtual, to: Program.Place)]
    var reductions: [(kind: Reduction.Kind, keep: Program.Place?, value: Program.Place?, result: Virtual)]
  }

  /// A register whose values are asked for, in a width if it matters; then they are to lie in memory.
  struct Wanted {
    var register: Register
    var width: Width?
  }

  let builder: ProgramBuilder
  private(set) var steps: [Step] = []
  /// What the program takes from the one around.
  private(set) var imports: [(outer: Register, own: Virtual)] = []
  private(set) var constants: [(value: Int128, own: Virtual)] = []
  private(set) var settings: [(number: Int, own: Virtual)] = []
  private let given: Set<Register>
  private var values: [Register: Virtual] = [:]
  private var conversions: [Conversion: Virtual] = [:]
  private var count = 0
  /// The widths of the registers of the program around.
  private let outerWidth: (Register) -> Width

  private struct Conversion: Hashable {
    var value: Virtual
    var width: Width
  }

  init(
    _ builder: ProgramBuilder, given: [Register: Program.Operand] = [:],
    outerWidth: @escaping (Register) -> Width = { _ in .one }
  ) {
    self.builder = builder
    self.given = Set(given.keys)
    self.outerWidth = outerWidth
    values = given.compactMapValues { if case .kept(let number, let width) = $0 { .kept(number, width) } else { nil } }
  }

  mutating func lower(_ wanted: [Wanted]) -> [Virtual] {
    for entry in Schedule(builder, wanted.map(\.register), given: given).entries {
      switch entry {
      case .operation(let register) where given.contains(register): break
      case .operation(let register): values[register] = value(of: register)
      case .reductions(let registers, let nest): reduce(registers, nest)
      }
    }
    return wanted.map { one in
      guard let width = one.width else { return values[one.register] ?? .constant(0) }
      return inMemory(operand(one.register, width), width)
    }
  }

  private mutating func fresh(_ width: Width) -> Virtual {
    count += 1
    return .value(count, width)
  }

  private mutating func emit(_ kernel: Program.Kernel, _ width: Width, _ operands: [Virtual]) -> Virtual {
    let result = fresh(width)
    steps.append(.kernel(kernel, result: result, operands: operands))
    return result
  }

  /// The values of a register, in a width that may be another than its own.
  private mutating func operand(_ register: Register, _ width: Width) -> Virtual {
    let value = values[register] ?? .constant(0)
    guard let own = value.width, own != width else { return value }
    let key = Conversion(value: value, width: width)
    if let known = conversions[key] { return known }
    let result = emit(.convert(from: own), width, [value])
    conversions[key] = result
    return result
  }

  /// What is the same in all rows, as values that lie in memory.
  private mutating func inMemory(_ value: Virtual, _ width: Width) -> Virtual {
    guard value.width == nil else { return value }
    let key = Conversion(value: value, width: width)
    if let known = conversions[key] { return known }
    let result = fresh(width)
    conversions[key] = result
    if case .constant(let constant) = value { constants.append((constant, result)) }
    if case .setting(let number, _) = value { settings.append((number, result)) }
    return result
  }

  private func width(_ register: Register) -> Width { values[register]?.width ?? ownWidth(register) }

  private func ownWidth(_ register: Register) -> Width {
    builder.lane(register) == .byte ? .one : Width(holding: builder.bounds(register))
  }

  private mutating func value(of register: Register) -> Virtual {
    let operation = builder.operations[register.index]
    let own = ownWidth(register)
    switch operation {
    case .constant(let value): return .constant(value)
    case .byte(let value): return .constant(Int128(value))
    case .setting(let number): return .setting(number, max(.eight, own))
    case .add(let a, let b): return binary(.add, own, a, b)
    case .subtract(let a, let b): return binary(.subtract, own, a, b)
    case .multiply(let a, let b): return binary(.multiply, own, a, b)
    case .scale(let a, let factor):
      if case .constant(let value)? = values[a] { return .constant(value * factor) }
      return emit(.multiply, own, [inMemory(operand(a, own), own), wide(.constant(factor), own)])
    case .minimum(let a, let b): return binary(.minimum, max(width(a), width(b)), a, b)
    case .maximum(let a, let b): return binary(.maximum, max(width(a), width(b)), a, b)
    case .leastByte(let a, let b): return binary(.minimum, .one, a, b)
    case .greatestByte(let a, let b): return binary(.maximum, .one, a, b)
    case .orBytes(let a, let b):
      return emit(.or, .one, [inMemory(operand(a, .one), .one), inMemory(operand(b, .one), .one)])
    case .select(let truth, let a, let b), .selectByte(let truth, let a, let b):
      return emit(
        .select, own, [inMemory(operand(truth, .one), .one), wide(operand(a, own), own), wide(operand(b, own), own)])
    case .compare(let comparison, let a, let b):
      let both = max(width(a), width(b))
      return emit(.compare(comparison), .one, pair(a, b, both))
    case .divide(let a, let b, let rounding):
      let both = max(max(width(a), width(b)), max(own, .four))
      let dividend = inMemory(operand(a, both), both)
      return emit(.divide(rounding), both, [dividend, wide(operand(b, both), both)])
    case .widen(let a), .byteToInteger(let a): return values[a] ?? .constant(0)
    case .integerToByte(let a): return operand(a, .one)
    default: return other(operation, own)
    }
  }

  /// Sums, differences and products wrap around alike in every width, so that they are taken in that of the result.
  private mutating func binary(_ kernel: Program.Kernel, _ width: Width, _ a: Register, _ b: Register) -> Virtual {
    emit(kernel, width, pair(a, b, width))
  }

  /// Two operands, of which at least one lies in memory.
  private mutating func pair(_ a: Register, _ b: Register, _ width: Width) -> [Virtual] {
    let (x, y) = (wide(operand(a, width), width), wide(operand(b, width), width))
    return [y.width == nil ? inMemory(x, width) : x, y]
  }

  /// Constants of sixteen bytes lie in memory.
  private mutating func wide(_ value: Virtual, _ width: Width) -> Virtual {
    width == .sixteen ? inMemory(value, width) : value
  }

  private mutating func other(_ operation: Operation, _ own: Width) -> Virtual {
    let isOutermost = builder.outer == nil
    func rows(_ row: Register?) -> [Virtual] { row.map { [inMemory(operand($0, .four), .four)] } ?? [] }
    switch operation {
    case .load(let column, let row):
      return row == nil && isOutermost ? .cells(column, own) : emit(.load(column), own, rows(row))
    case .state(let column, let row, let meanings):
      let isPlain = row == nil && isOutermost && meanings == [0, 1, 2, 3]
      return isPlain ? .states(column) : emit(.state(column, meanings: meanings), .one, rows(row))
    case .truth(let column, let row): return emit(.truth(column), .one, rows(row))
    case .lookUp(let codes, let table):
      return emit(.lookUp(table.entries, beyond: -1), own, [inMemory(operand(codes, .four), .four)])
    case .lookUpByte(let codes, let table):
      return emit(.lookUp(table.entries, beyond: 0), .one, [inMemory(operand(codes, .four), .four)])
    case .datePart(let date, let part): return emit(.datePart(part), .eight, days([date]))
    case .addMonths(let date, let months): return emit(.addMonths, .eight, days([date, months]))
    case .monthsBetween(let from, let to): return emit(.monthsBetween, .eight, days([from, to]))
    case .ownRow: return emit(.ownRow, .four, [])
    case .mapByte(let a, let entries): return emit(.map(entries), .one, [inMemory(operand(a, .one), .one)])
    case .byteEquals(let a, let value): return emit(.byteEquals(value), .one, [inMemory(operand(a, .one), .one)])
    case .imported(let outer):
      let value = fresh(outerWidth(outer))
      imports.append((outer, value))
      return value
    default: preconditionFailure("an operation without a kernel")
    }
  }

  private mutating func days(_ registers: [Register]) -> [Virtual] {
    registers.map { inMemory(operand($0, .eight), .eight) }
  }

  // MARK: rows of rows

  private mutating func reduce(_ registers: [Register], _ nest: Int) {
    let around = builder.nests[nest]
    let reductions = registers.compactMap { register -> (register: Register, reduction: Reduction)? in
      if case .reduce(let reduction) = builder.operations[register.index] { (register, reduction) } else { nil }
    }
    var wanted: [Wanted] = []
    for (register, reduction) in reductions {
      if let keep = reduction.keep { wanted.append(Wanted(register: keep, width: .one)) }
      if let value = reduction.value { wanted.append(Wanted(register: value, width: resultWidth(register, reduction))) }
    }
    var inner = Lowering(around.builder, outerWidth: width)
    let values = inner.lower(wanted)
    let program = Program(inner, values, count: values.count)
    var places = program.outputs.makeIterator()
    func next() -> Program.Place? { if case .place(let place)? = places.next() { place } else { nil } }
    var runs: [(kind: Reduction.Kind, keep: Program.Place?, value: Program.Place?, result: Virtual)] = []
    for (register, reduction) in reductions {
      let result = fresh(resultWidth(register, reduction))
      self.values[register] = result
      let keep = reduction.keep == nil ? nil : next()
      runs.append((reduction.kind, keep, reduction.value == nil ? nil : next(), result))
    }
    var taken: [(from: Virtual, to: Program.Place)] = []
    for (outer, place) in program.imports { taken.append((self.values[outer] ?? .constant(0), place)) }
    let parent = around.parent.map { inMemory(operand($0, .four), .four) }
    steps.append(
      .nest(
        Nest(
          program: program, table: around.builder.table, field: around.field, parent: parent, imports: taken,
          reductions: runs)))
  }

  private func resultWidth(_ register: Register, _ reduction: Reduction) -> Width {
    switch builder.lane(register) {
    case .byte: .one
    case .integer, .wide: max(Width(holding: builder.bounds(register)), .eight)
    }
  }
}
