import CProcessor
import Instructions
import Kernels
import KernelsAVX512

/// Runs a program block by block, each operation in one loop over the rows of a block. Memory is taken once.
///
/// Unsafe within, bounded by construction: every place has room for ``rows`` values, every row number is checked against
/// its table.
final class Machine {
  /// Rows of a block.
  static let rows = 2048

  let program: Program
  let population: Population
  private let inputs: Inputs
  private let kernel: Kernel
  private let memory: Memory<UInt8>
  private let instructions: Memory<Instruction>
  private(set) var nests: [Nest] = []
  /// Entries that instructions look up.
  private var tables: [Memory<Int64>] = []
  private var placed: [Program.Place: Instruction.Source] = [:]
  /// The outputs whose values go into the results by themselves, by where they would lie otherwise.
  private var owners: [Program.Place: Int] = [:]

  /// The rows at hand: `count` from `start`, or those that `numbers` names.
  struct Rows {
    var start: Int
    var count: Int
    var numbers: UnsafePointer<Int32>?
  }

  /// What a program takes beside the population.
  struct Inputs: Sendable {
    /// What is the same in all rows, by number.
    var settings: [Int128] = []
    /// For each row of the program's table, what another program has left; by number.
    var kept: [Cells] = []
  }

  private typealias Kernel = (Instruction, Int, Int, UnsafePointer<Int32>?) -> Void

  /// - Parameter results: where the values of outputs go that are worked out; for all rows of the table, by the output's number.
  init(
    _ program: Program, over population: Population, _ inputs: Inputs = Inputs(),
    into results: [Int: UnsafeMutableRawPointer] = [:]
  ) {
    self.program = program
    self.population = population
    self.inputs = inputs
    kernel =
      processor_has_avx512()
      ? KernelsAVX512.run(_:from:count:rows:) as Kernel : Kernels.run(_:from:count:rows:) as Kernel
    memory = Memory(repeating: 0, count: program.ownBytesPerRow * Self.rows)
    instructions = Memory(
      repeating: Instruction(code: .add, width: .one, resultWidth: .one), count: program.steps.count)
    for (number, pointer) in results {
      guard case .place(let place) = program.outputs[number], placed[place] == nil else { continue }
      placed[place] = Instruction.Source(base: pointer, step: place.width.rawValue)
      owners[place] = number
    }
    for (index, step) in program.steps.enumerated() { instructions.base[index] = instruction(for: step) }
    for (value, place) in program.constants { fill(place, with: value) }
    for (number, place) in program.settings { fill(place, with: inputs.settings[number]) }
  }

  func run(_ rows: Rows) {
    for index in 0..<program.steps.count {
      switch instructions.base[index].code {
      case .nest: run(nests[instructions.base[index].detail], rows)
      case .datePart, .addMonths, .monthsBetween: Calendar.run(instructions.base[index], rows.start, rows.count)
      default: kernel(instructions.base[index], rows.start, rows.count, rows.numbers)
      }
    }
  }

  /// Writes 1 for each of the rows of which only the interpreter has the exact result.
  /// - Parameter marks: one for each row of the table.
  func markDoubts(of rows: Rows, in marks: UnsafeMutablePointer<UInt8>) {
    let marks = marks + rows.start
    for doubt in program.doubts {
      let source = source(of: doubt, .one)
      guard let mask = source.pointer(rows.start)?.assumingMemoryBound(to: UInt8.self) else {
        if source.step != 0 { marks.update(repeating: 1, count: rows.count) }
        continue
      }
      for row in 0..<rows.count { marks[row] |= mask[row] == 0 ? 0 : 1 }
    }
  }

  /// Whether only the interpreter has the exact result for a row of the block that begins at `start`.
  func isDoubtful(_ index: Int, from start: Int) -> Bool {
    program.doubts.contains { number($0, index, from: start) != 0 }
  }

  /// A value for a row of the block that begins at `start`.
  func number(_ operand: Program.Operand, _ index: Int, from start: Int) -> Int128 {
    switch operand {
    case .constant(let value): return value
    case .setting(let number, _): return inputs.settings[number]
    default: break
    }
    let width = operand.width
    let source = source(of: operand, width)
    guard let base = source.pointer(start) else { return Int128(source.step) }
    return switch width {
    case .one: Int128(base.assumingMemoryBound(to: Int8.self)[index])
    case .two: Int128(base.assumingMemoryBound(to: Int16.self)[index])
    case .four: Int128(base.assumingMemoryBound(to: Int32.self)[index])
    case .eight: Int128(base.assumingMemoryBound(to: Int64.self)[index])
    case .sixteen: base.assumingMemoryBound(to: Int128.self)[index]
    }
  }

  // MARK: places

  /// The values of a block, which begins at `start`.
  func pointer(_ place: Program.Place, from start: Int = 0) -> UnsafeMutableRawPointer {
    placed[place]?.pointer(start) ?? UnsafeMutableRawPointer(memory.base) + place.offset * Self.rows
  }

  func source(of operand: Program.Operand, _ width: Width) -> Instruction.Source {
    switch operand {
    case .place(let place): return placed[place] ?? Instruction.Source(base: pointer(place), step: 0)
    case .constant(let value): return Instruction.Source(base: nil, step: Int(truncatingIfNeeded: value))
    case .setting(let number, _):
      return Instruction.Source(base: nil, step: Int(truncatingIfNeeded: inputs.settings[number]))
    case .kept(let number, let own):
      let cells = inputs.kept[number]
      guard cells.width.bytes == own.rawValue else { return .nothing }
      return Instruction.Source(base: UnsafeMutableRawPointer(mutating: cells.base), step: own.rawValue)
    case .cells(let reference, let own):
      guard let cells = column(reference)?.cells, cells.width.bytes == own.rawValue else { return .nothing }
      return Instruction.Source(base: UnsafeMutableRawPointer(mutating: cells.base), step: own.rawValue)
    case .states(let reference):
      guard let states = column(reference)?.stateCells else { return .nothing }
      return Instruction.Source(base: UnsafeMutableRawPointer(mutating: states.base), step: 1)
    }
  }

  private func column(_ reference: ColumnReference) -> Column? {
    population.tables[reference.table]?.columns[reference.key]
  }

  /// What is the same in all rows keeps its place, and is written once.
  private func fill(_ place: Program.Place, with value: Int128) {
    let pointer = pointer(place)
    func fill<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) {
      pointer.assumingMemoryBound(to: type).update(repeating: T(truncatingIfNeeded: value), count: Self.rows)
    }
    switch place.width {
    case .one: fill(Int8.self)
    case .two: fill(Int16.self)
    case .four: fill(Int32.self)
    case .eight: fill(Int64.self)
    case .sixteen: fill(Int128.self)
    }
  }

  // MARK: instructions

  private func instruction(for step: Program.Step) -> Instruction {
    switch step {
    case .nest(let run):
      nests.append(Nest(run, over: population, settings: inputs.settings))
      var instruction = Instruction(code: .nest, width: .one, resultWidth: .one)
      instruction.detail = nests.count - 1
      return instruction
    case .kernel(let kernel, let place, let operands):
      let width = kernel.operandWidth(result: place.width, operands)
      var instruction = Instruction(code: kernel.code, width: width, resultWidth: place.width)
      instruction.result = source(of: .place(place), place.width)
      if operands.count > 0 { instruction.a = source(of: operands[0], width) }
      if operands.count > 1 { instruction.b = source(of: operands[1], width) }
      if operands.count > 2 { instruction.c = source(of: operands[2], width) }
      prepare(&instruction, for: kernel)
      return instruction
    }
  }

  private func prepare(_ instruction: inout Instruction, for kernel: Program.Kernel) {
    switch kernel {
    case .divide(let rounding): instruction.detail = WholeRounding.allCases.firstIndex(of: rounding) ?? 0
    case .lookUp(let entries, let beyond):
      let table = Memory(entries, zero: 0)
      tables.append(table)
      instruction.table = UnsafeRawPointer(table.base)
      instruction.count = entries.count
      instruction.detail = Int(beyond)
    case .map(let entries): instruction.detail = Self.packed(entries)
    case .byteEquals(let value): instruction.detail = Int(value)
    case .datePart(let part): instruction.detail = DatePart.allCases.firstIndex(of: part) ?? 0
    case .load(let reference), .truth(let reference): prepare(&instruction, for: reference)
    case .state(let reference, let meanings):
      prepare(&instruction, for: reference)
      instruction.detail = Self.packed(meanings)
    default: break
    }
  }

  private func prepare(_ instruction: inout Instruction, for reference: ColumnReference) {
    guard let column = column(reference) else { return }
    instruction.table = column.cells.base
    instruction.count = column.cells.count
    instruction.states = column.stateCells?.base
    instruction.detail = Int(column.bounds?.lowerBound ?? 0)
  }

  /// Four bytes in one number.
  private static func packed(_ entries: [UInt8]) -> Int {
    entries.enumerated().reduce(0) { $0 | Int($1.element) << ($1.offset * 8) }
  }
}

extension Program.Operand {
  /// The same in all rows, and not in memory.
  fileprivate var isSame: Bool {
    switch self {
    case .constant, .setting: true
    default: false
    }
  }

  /// Of a constant, at least eight.
  var width: Width {
    switch self {
    case .place(let place): place.width
    case .cells(_, let width), .kept(_, let width), .setting(_, let width): width
    case .states: .one
    case .constant(let value): max(.eight, Width(holding: value...value))
    }
  }
}

extension Program.Kernel {
  var code: Instruction.Code {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .minimum: .minimum
    case .maximum: .maximum
    case .select: .select
    case .divide: .divide
    case .compare(.less): .less
    case .compare(.lessOrEqual): .lessOrEqual
    case .compare(.equal): .equal
    case .convert: .convert
    case .lookUp: .lookUp
    case .or: .or
    case .map: .map
    case .byteEquals: .byteEquals
    case .datePart: .datePart
    case .addMonths: .addMonths
    case .monthsBetween: .monthsBetween
    case .ownRow: .ownRow
    case .load: .load
    case .state: .state
    case .truth: .truth
    }
  }

  /// The width in which it works: that of the numbers it compares, otherwise that of its result.
  fileprivate func operandWidth(result: Width, _ operands: [Program.Operand]) -> Width {
    switch self {
    case .convert(let from): return from
    case .compare:
      let widths = operands.filter { !$0.isSame }.map(\.width)
      return widths.max() ?? .eight
    default: return result
    }
  }
}

// MARK: - Results

extension Machine {
  /// Whether the values of an output go by themselves where they are wanted.
  func writes(_ output: Int) -> Bool {
    guard case .place(let place) = program.outputs[output] else { return false }
    return owners[place] == output
  }

  /// Copies the values of the rows at hand, those of sixteen bytes into eight.
  /// - Parameter refuse: called with the number of each row of the block whose value has no room.
  func copy(
    _ operand: Program.Operand, of rows: Rows, into memory: UnsafeMutableRawPointer, refuse: (Int) -> Void
  ) {
    let width = operand.width
    let source = source(of: operand, width)
    guard let base = source.pointer(rows.start) else {
      let target = memory.assumingMemoryBound(to: Int64.self) + rows.start
      target.update(repeating: Int64(source.step), count: rows.count)
      if width == .sixteen { (0..<rows.count).forEach(refuse) }
      return
    }
    guard width == .sixteen else {
      let target = memory + rows.start * width.rawValue
      target.copyMemory(from: base, byteCount: rows.count * width.rawValue)
      return
    }
    let target = memory.assumingMemoryBound(to: Int64.self) + rows.start
    let values = base.assumingMemoryBound(to: Int128.self)
    for row in 0..<rows.count {
      target[row] = Int64(truncatingIfNeeded: values[row])
      if Int64(exactly: values[row]) == nil { refuse(row) }
    }
  }
}
