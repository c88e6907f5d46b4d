/// Turns a tree into a program; counted repetitions are written out.
struct PatternCompiler {
  private static let maximumLength = 20_000

  private var program: [Pattern.Instruction] = []
  private let options: Pattern.Options
  private(set) var groupCount = 0
  private(set) var loopCount = 0
  private(set) var hasBackReference = false

  init(_ options: Pattern.Options) { self.options = options }

  /// nil when the program would be too long.
  mutating func finished() -> [Pattern.Instruction]? {
    program.append(.match)
    return isTooLong ? nil : program
  }

  private var isTooLong: Bool { program.count > PatternCompiler.maximumLength }

  mutating func compile(_ tree: PatternTree) {
    guard !isTooLong else { return }
    switch tree {
    case .sequence(let pieces):
      for piece in pieces { compile(piece) }
    case .alternatives(let branches): compile(alternatives: branches)
    case .set(let set): compile(set)
    case .capture(let inner, let number):
      groupCount = max(groupCount, number)
      program.append(.save(2 * number))
      compile(inner)
      program.append(.save(2 * number + 1))
    case .repetition(let inner, let least, let most, let isGreedy):
      for _ in 0..<least { compile(inner) }
      if let most {
        compile(inner, optionallyUpTo: most - least, isGreedy: isGreedy)
      } else {
        compile(loop: inner, isGreedy: isGreedy)
      }
    case .backReference(let number):
      hasBackReference = true
      program.append(.backReference(number))
    case .start: program.append(options.multiline ? .lineStart : .textStart)
    case .end: program.append(options.multiline ? .lineEnd : .textEnd)
    }
  }

  private mutating func compile(_ set: CharacterSet) {
    if let single = set.single, !options.ignoresCase || single.caseVariants.allSatisfy({ $0 == single }) {
      program.append(.character(single))
    } else {
      program.append(.set(set))
    }
  }

  private mutating func compile(alternatives branches: [PatternTree]) {
    var exits: [Int] = []
    for branch in branches.dropLast() {
      let fork = program.count
      program.append(.split(0, 0))
      compile(branch)
      exits.append(program.count)
      program.append(.jump(0))
      program[fork] = .split(fork + 1, program.count)
    }
    if let last = branches.last { compile(last) }
    for exit in exits { program[exit] = .jump(program.count) }
  }

  private mutating func compile(_ inner: PatternTree, optionallyUpTo count: Int, isGreedy: Bool) {
    var forks: [Int] = []
    for _ in 0..<count where !isTooLong {
      forks.append(program.count)
      program.append(.split(0, 0))
      compile(inner)
    }
    for fork in forks { program[fork] = split(fork + 1, program.count, isGreedy) }
  }

  private mutating func compile(loop inner: PatternTree, isGreedy: Bool) {
    let slot = loopCount
    loopCount += 1
    let fork = program.count
    program.append(.split(0, 0))
    program.append(.enterLoop(slot))
    compile(inner)
    program.append(.requireProgress(slot))
    program.append(.jump(fork))
    program[fork] = split(fork + 1, program.count, isGreedy)
  }

  private func split(_ inside: Int, _ after: Int, _ isGreedy: Bool) -> Pattern.Instruction {
    isGreedy ? .split(inside, after) : .split(after, inside)
  }
}
