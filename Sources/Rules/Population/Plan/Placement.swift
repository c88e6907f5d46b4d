import Instructions

/// Gives every value of a lowering a place in the memory of a block.
struct Placement {
  private(set) var steps: [Program.Step] = []
  private(set) var constants: [(value: Int128, place: Program.Place)] = []
  private(set) var settings: [(number: Int, place: Program.Place)] = []
  private(set) var imports: [(register: Register, place: Program.Place)] = []
  /// Bytes for each row.
  private(set) var size = 0
  private var places: [Lowering.Virtual: Program.Place] = [:]
  private var free: [Width: [Program.Place]] = [:]
  private var lastUse: [Lowering.Virtual: Int] = [:]
  private let kept: Set<Lowering.Virtual>

  /// - Parameter wanted: values that keep their places to the end.
  init(_ lowering: Lowering, _ wanted: [Lowering.Virtual]) {
    // What is the same in all rows is written once, and so never gives back its place.
    kept = Set(wanted + lowering.constants.map(\.own) + lowering.settings.map(\.own))
    for (number, step) in lowering.steps.enumerated() {
      for operand in step.operands { lastUse[operand] = number }
    }
    for (outer, own) in lowering.imports { imports.append((outer, take(own))) }
    for (value, own) in lowering.constants { constants.append((value, take(own))) }
    for (number, own) in lowering.settings { settings.append((number, take(own))) }
    for (number, step) in lowering.steps.enumerated() {
      place(step)
      for operand in Set(step.operands) where lastUse[operand] == number { release(operand) }
    }
  }

  func operand(_ value: Lowering.Virtual) -> Program.Operand {
    switch value {
    case .value(_, let width): .place(places[value] ?? Program.Place(offset: 0, width: width))
    case .constant(let constant): .constant(constant)
    case .setting(let number, let width): .setting(number, width)
    case .kept(let number, let width): .kept(number, width)
    case .cells(let column, let width): .cells(column, width)
    case .states(let column): .states(column)
    }
  }

  /// Results are placed before operands give back their places, so that no step writes where it reads.
  private mutating func place(_ step: Lowering.Step) {
    switch step {
    case .kernel(let kernel, let result, let operands):
      steps.append(.kernel(kernel, take(result), operands: operands.map(operand)))
    case .nest(let nest):
      let reductions = nest.reductions.map {
        Program.ReductionRun(kind: $0.kind, keep: $0.keep, value: $0.value, result: take($0.result))
      }
      steps.append(
        .nest(
          Program.NestRun(
            program: nest.program, table: nest.table, field: nest.field, parent: nest.parent.map(operand),
            imports: nest.imports.map { (operand($0.from), $0.to) }, reductions: reductions)))
      for reduction in nest.reductions where lastUse[reduction.result] == nil { release(reduction.result) }
    }
  }

  private mutating func take(_ value: Lowering.Virtual) -> Program.Place {
    let width = value.width ?? .sixteen
    // What is kept may lie elsewhere than in the block: its place is its own from the start.
    let used = kept.contains(value) ? nil : free[width]?.popLast()
    let place = used ?? Program.Place(offset: grow(by: width), width: width)
    places[value] = place
    return place
  }

  private mutating func grow(by width: Width) -> Int {
    // Wider values begin where their width divides.
    let offset = (size + width.rawValue - 1) / width.rawValue * width.rawValue
    size = offset + width.rawValue
    return offset
  }

  private mutating func release(_ value: Lowering.Virtual) {
    guard !kept.contains(value), let place = places[value] else { return }
    free[place.width, default: []].append(place)
  }
}

extension Lowering.Step {
  var operands: [Lowering.Virtual] {
    switch self {
    case .kernel(_, _, let operands): operands
    case .nest(let nest): nest.imports.map(\.from) + (nest.parent.map { [$0] } ?? [])
    }
  }
}
