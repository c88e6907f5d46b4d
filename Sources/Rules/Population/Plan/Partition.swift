/// What of a program rests on its settings and must run anew when they change, and what else it reads and may be kept.
struct Partition {
  /// The registers that are worked out once, whose values the rest is given.
  private(set) var kept: [Register] = []
  private let moving: Set<Register>

  /// Whether a register's values rest on a setting.
  func isMoving(_ register: Register) -> Bool { moving.contains(register) }

  /// - Parameter wanted: registers of the outermost program.
  init(_ builder: ProgramBuilder, _ wanted: [Register]) {
    moving = Self.moving(builder, outside: [])
    var seen: Set<Register> = []
    var stack = wanted
    while let register = stack.popLast() {
      guard seen.insert(register).inserted else { continue }
      if moving.contains(register) || Self.isWorkedOutAgain(register, builder) {
        stack += Schedule.operands(of: register, builder)
      } else {
        kept.append(register)
      }
    }
  }

  /// What costs nothing to read where it is, and what has no room in a column.
  private static func isWorkedOutAgain(_ register: Register, _ builder: ProgramBuilder) -> Bool {
    switch builder.operations[register.index] {
    case .constant, .byte, .load(_, row: nil): true
    case .state(_, row: nil, [0, 1, 2, 3]): true
    default: builder.lane(register) == .wide
    }
  }

  /// - Parameter outside: the registers of the program around that move.
  private static func moving(_ builder: ProgramBuilder, outside: Set<Register>) -> Set<Register> {
    var moving: Set<Register> = []
    for index in builder.operations.indices {
      let register = Register(index: index)
      let isMoving: Bool
      switch builder.operations[index] {
      case .setting: isMoving = true
      case .imported(let above): isMoving = outside.contains(above)
      case .reduce(let reduction): isMoving = moves(reduction, builder, moving)
      case let operation: isMoving = operation.operands.contains(where: moving.contains)
      }
      if isMoving { moving.insert(register) }
    }
    return moving
  }

  private static func moves(_ reduction: Reduction, _ builder: ProgramBuilder, _ moving: Set<Register>) -> Bool {
    let nest = builder.nests[reduction.nest]
    if let parent = nest.parent, moving.contains(parent) { return true }
    let inside = self.moving(nest.builder, outside: moving)
    return [reduction.keep, reduction.value].contains { $0.map(inside.contains) ?? false }
  }
}
