/// A plan over the rows of one table, ready to run: the steps that its outputs need, in order, each with a place for its values.
/// Places are used again as soon as nothing reads them any more, so that a block stays within the cache.
struct Program: Sendable {
  /// Where the values of a register lie: the n-th block of its lane.
  struct Place: Hashable, Sendable {
    var lane: Lane
    var index: Int
  }

  enum Step: Sendable {
    case operation(Operation, Place, operands: [Place])
    case nest(NestRun)
  }

  /// Rows of another table, run for the rows of a block, with all that is made of them.
  struct NestRun: Sendable {
    var program: Program
    var table: String
    var field: String
    /// The rows of the parent's table; nil: the program's own.
    var parent: Place?
    /// What the nested program takes from the one around.
    var imports: [(from: Place, to: Place)]
    var reductions: [ReductionRun]
  }

  struct ReductionRun: Sendable {
    var kind: Reduction.Kind
    var keep: Place?
    var value: Place?
    var result: Place
  }

  let table: String
  let steps: [Step]
  /// How many blocks each lane needs.
  let blocks: [Lane: Int]
  let outputs: [Place]
  let doubts: [Place]

  /// - Parameter outputs: registers of the builder that are wanted; they keep their places to the end.
  init(_ builder: ProgramBuilder, outputs: [Register]) {
    self.init(builder, wanted: outputs + builder.doubts, count: outputs.count)
  }

  private init(_ builder: ProgramBuilder, wanted: [Register], count: Int) {
    let schedule = Schedule(builder, wanted)
    var allocation = Allocation()
    var places: [Register: Place] = [:]
    var steps: [Step] = []
    // Constants are written once, and so never give back their places.
    let constants = builder.operations.indices.map { Register(index: $0) }.filter { register in
      switch builder.operations[register.index] {
      case .constant, .byte: true
      default: false
      }
    }
    let kept = Set(wanted + constants)
    func release(_ registers: [Register], at step: Int) {
      for register in Set(registers) where schedule.lastUse[register] == step && !kept.contains(register) {
        if let place = places[register] { allocation.release(place) }
      }
    }
    for (number, entry) in schedule.entries.enumerated() {
      switch entry {
      case .operation(let register):
        let operation = builder.operations[register.index]
        let operands = operation.operands.compactMap { places[$0] }
        // Taken before those of the operands are given back, so that no operation writes where it reads.
        let place = allocation.take(builder.lane(register))
        release(operation.operands, at: number)
        places[register] = place
        steps.append(.operation(operation, place, operands: operands))
      case .reductions(let registers, let nest, let needs):
        let around = builder.nests[nest]
        let reductions = registers.compactMap { register -> (Register, Reduction)? in
          if case .reduce(let reduction) = builder.operations[register.index] { (register, reduction) } else { nil }
        }
        let inside = reductions.flatMap { [$0.1.keep, $0.1.value].compactMap(\.self) }
        let program = Program(around.builder, wanted: inside, count: inside.count)
        var inner = program.outputs.makeIterator()
        var runs: [ReductionRun] = []
        for (register, reduction) in reductions {
          let place = allocation.take(builder.lane(register))
          places[register] = place
          let keep = reduction.keep == nil ? nil : inner.next()
          let value = reduction.value == nil ? nil : inner.next()
          runs.append(ReductionRun(kind: reduction.kind, keep: keep, value: value, result: place))
        }
        let imports = program.imports.compactMap { entry in places[entry.register].map { (from: $0, to: entry.place) } }
        steps.append(
          .nest(
            NestRun(
              program: program, table: around.builder.table, field: around.field,
              parent: around.parent.flatMap { places[$0] }, imports: imports, reductions: runs)))
        release(needs, at: number)
        for (register, _) in reductions where schedule.lastUse[register] == nil && !kept.contains(register) {
          if let place = places[register] { allocation.release(place) }
        }
      }
    }
    table = builder.table
    self.steps = steps
    blocks = allocation.sizes
    let all = wanted.compactMap { places[$0] }
    outputs = Array(all[..<count])
    doubts = Array(all[count...])
    imports = schedule.imports.compactMap { entry in places[entry.own].map { (entry.outer, $0) } }
  }

  /// Registers of the program around, and where their values go.
  let imports: [(register: Register, place: Place)]

  /// Bytes that one block takes.
  var bytesPerRow: Int {
    (blocks[.byte] ?? 0) + (blocks[.integer] ?? 0) * 8 + (blocks[.wide] ?? 0) * 16
      + steps.reduce(0) { sum, step in if case .nest(let run) = step { sum + run.program.bytesPerRow } else { sum } }
  }

  var stepCount: Int {
    steps.reduce(0) { sum, step in if case .nest(let run) = step { sum + run.program.stepCount } else { sum + 1 } }
  }
}

/// Which operations are needed, in which order, and when each value is read last.
private struct Schedule {
  enum Entry {
    case operation(Register)
    /// Reductions of one nest that can run together.
    case reductions([Register], nest: Int, needs: [Register])
  }

  var entries: [Entry] = []
  var lastUse: [Register: Int] = [:]
  var imports: [(own: Register, outer: Register)] = []

  init(_ builder: ProgramBuilder, _ wanted: [Register]) {
    let needed = Self.needed(builder, wanted)
    var done: Set<Register> = []
    // What comes from the program around, and what is the same in all rows, is there from the start: no step may use
    // its place before.
    for register in needed {
      switch builder.operations[register.index] {
      case .imported(let outer): imports.append((register, outer))
      case .constant, .byte: break
      default: continue
      }
      entries.append(.operation(register))
      done.insert(register)
    }
    for register in needed {
      guard !done.contains(register) else { continue }
      guard case .reduce(let reduction) = builder.operations[register.index] else {
        entries.append(.operation(register))
        for operand in builder.operations[register.index].operands { lastUse[operand] = entries.count - 1 }
        continue
      }
      // Later ones of the same nest that need nothing that is not there yet.
      var group: [Register] = []
      for other in needed where other.index >= register.index && !done.contains(other) {
        guard case .reduce(let own) = builder.operations[other.index], own.nest == reduction.nest,
          Self.needs(of: [own], builder).allSatisfy({ $0.index < register.index })
        else { continue }
        group.append(other)
        done.insert(other)
      }
      let reductions = group.compactMap { register -> Reduction? in
        if case .reduce(let reduction) = builder.operations[register.index] { reduction } else { nil }
      }
      let needs = Self.needs(of: reductions, builder)
      entries.append(.reductions(group, nest: reduction.nest, needs: needs))
      for need in needs { lastUse[need] = entries.count - 1 }
    }
  }

  /// Everything that leads to the registers, in order.
  private static func needed(_ builder: ProgramBuilder, _ wanted: [Register]) -> [Register] {
    var needed: Set<Register> = []
    var stack = wanted
    while let register = stack.popLast() {
      guard needed.insert(register).inserted else { continue }
      let operation = builder.operations[register.index]
      if case .reduce(let reduction) = operation {
        stack += needs(of: [reduction], builder)
      } else {
        stack += operation.operands
      }
    }
    return needed.sorted { $0.index < $1.index }
  }

  /// What reductions read of the program around their rows.
  private static func needs(of reductions: [Reduction], _ builder: ProgramBuilder) -> [Register] {
    var found: Set<Register> = []
    for reduction in reductions {
      let nest = builder.nests[reduction.nest]
      if let parent = nest.parent { found.insert(parent) }
      let inside = [reduction.keep, reduction.value].compactMap(\.self)
      for register in needed(nest.builder, inside) {
        if case .imported(let outer) = nest.builder.operations[register.index] { found.insert(outer) }
      }
    }
    return found.sorted { $0.index < $1.index }
  }
}

/// Hands out places, those given back first.
private struct Allocation {
  var sizes: [Lane: Int] = [:]
  private var free: [Lane: [Int]] = [:]

  mutating func take(_ lane: Lane) -> Program.Place {
    if let index = free[lane]?.popLast() { return Program.Place(lane: lane, index: index) }
    let index = sizes[lane] ?? 0
    sizes[lane] = index + 1
    return Program.Place(lane: lane, index: index)
  }

  mutating func release(_ place: Program.Place) { free[place.lane, default: []].append(place.index) }
}

extension Operation {
  /// The registers of the same program that it reads.
  var operands: [Register] {
    switch self {
    case .constant, .byte, .ownRow, .imported, .reduce: []
    case .load(_, let row), .state(_, let row, _), .truth(_, let row): row.map { [$0] } ?? []
    case .widen(let a), .scale(let a, _), .lookUp(let a, _), .datePart(let a, _), .mapByte(let a, _),
      .lookUpByte(let a, _), .byteToInteger(let a), .integerToByte(let a), .byteEquals(let a, _):
      [a]
    case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .minimum(let a, let b),
      .maximum(let a, let b), .divide(let a, let b, _), .addMonths(let a, let b), .monthsBetween(let a, let b),
      .compare(_, let a, let b), .leastByte(let a, let b), .greatestByte(let a, let b), .orBytes(let a, let b):
      [a, b]
    case .select(let a, let b, let c), .selectByte(let a, let b, let c): [a, b, c]
    }
  }
}
