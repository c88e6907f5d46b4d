/// Which operations are needed, in which order.
struct Schedule {
  enum Entry {
    case operation(Register)
    /// Reductions of one nest that can run together.
    case reductions([Register], nest: Int)
  }

  private(set) var entries: [Entry] = []

  /// - Parameter given: registers whose values are there already.
  init(_ builder: ProgramBuilder, _ wanted: [Register], given: Set<Register> = []) {
    let needed = Self.needed(builder, wanted, given: given)
    var done: Set<Register> = []
    for register in needed where !done.contains(register) {
      guard case .reduce(let reduction) = builder.operations[register.index], !given.contains(register) else {
        entries.append(.operation(register))
        continue
      }
      // Later ones of the same nest that need nothing that is not there yet.
      var group: [Register] = []
      for other in needed where other.index >= register.index && !done.contains(other) {
        guard case .reduce(let own) = builder.operations[other.index], own.nest == reduction.nest,
          !given.contains(other), Self.needs(of: own, builder).allSatisfy({ $0.index < register.index })
        else { continue }
        group.append(other)
        done.insert(other)
      }
      entries.append(.reductions(group, nest: reduction.nest))
    }
  }

  /// Everything that leads to the registers, in order.
  private static func needed(
    _ builder: ProgramBuilder, _ wanted: [Register], given: Set<Register> = []
  ) -> [Register] {
    var needed: Set<Register> = []
    var stack = wanted
    while let register = stack.popLast() {
      guard needed.insert(register).inserted, !given.contains(register) else { continue }
      stack += operands(of: register, builder)
    }
    return needed.sorted { $0.index < $1.index }
  }

  /// The registers of the same program that one is worked out from.
  static func operands(of register: Register, _ builder: ProgramBuilder) -> [Register] {
    let operation = builder.operations[register.index]
    if case .reduce(let reduction) = operation { return needs(of: reduction, builder) }
    return operation.operands
  }

  /// What a reduction reads of the program around its rows.
  private static func needs(of reduction: Reduction, _ builder: ProgramBuilder) -> [Register] {
    var found: Set<Register> = []
    let nest = builder.nests[reduction.nest]
    if let parent = nest.parent { found.insert(parent) }
    for register in needed(nest.builder, [reduction.keep, reduction.value].compactMap(\.self)) {
      if case .imported(let outer) = nest.builder.operations[register.index] { found.insert(outer) }
    }
    return found.sorted { $0.index < $1.index }
  }
}

extension Operation {
  /// The registers of the same program that it reads.
  var operands: [Register] {
    switch self {
    case .constant, .setting, .byte, .ownRow, .imported, .reduce: []
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
