/// Finds the matches of a pattern in one text, by backtracking with a memory of what has already failed.
struct PatternMatcher {
  /// Positions count the scalars of the text.
  struct Match {
    let range: Range<Int>
    /// Group 1 first; nil for a group that took no part.
    let groups: [Range<Int>?]
  }

  private enum Retry {
    case resume(at: Int, position: Int)
    case restoreCapture(Int, Int?)
    case restoreLoop(Int, Int?)
  }

  let text: [Unicode.Scalar]
  private let pattern: Pattern
  private var captures: [Int?]
  private var loops: [Int?]
  private var retries: [Retry] = []
  /// For each instruction and position: has been tried and has failed. Empty when the pattern cannot be so bounded.
  private var visited: [UInt64] = []
  /// The words of `visited` that are not zero.
  private var touched: [Int] = []
  private(set) var stepsLeft: Int

  /// How large a memory of failures one text may need, in bits.
  private static let maximumMemory = 1 << 28
  static let maximumSteps = 20_000_000

  init(_ pattern: Pattern, in text: String) {
    self.pattern = pattern
    self.text = Array(text.unicodeScalars)
    captures = Array(repeating: nil, count: 2 * pattern.groupCount + 2)
    loops = Array(repeating: nil, count: pattern.loopCount)
    stepsLeft = PatternMatcher.maximumSteps
    let (bits, overflow) = pattern.program.count.multipliedReportingOverflow(by: self.text.count + 1)
    if !overflow, !pattern.hasBackReference, bits <= PatternMatcher.maximumMemory {
      visited = Array(repeating: 0, count: bits / 64 + 1)
    }
  }

  /// True when the budget was used up; the last answer then says nothing.
  var isExhausted: Bool { stepsLeft <= 0 }

  /// The first match that begins at `start` or later.
  mutating func firstMatch(from start: Int = 0) -> Match? {
    forgetFailures()
    for position in start...max(start, text.count) where position <= text.count {
      if let match = match(at: position) { return match }
      if isExhausted { return nil }
    }
    return nil
  }

  private mutating func forgetFailures() {
    for word in touched { visited[word] = 0 }
    touched.removeAll(keepingCapacity: true)
  }

  /// False when the instruction was tried at the position before.
  private mutating func visit(_ instruction: Int, _ position: Int) -> Bool {
    guard !visited.isEmpty else { return true }
    let bit = position * pattern.program.count + instruction
    let mask: UInt64 = 1 << UInt64(bit & 63)
    if visited[bit >> 6] & mask != 0 { return false }
    if visited[bit >> 6] == 0 { touched.append(bit >> 6) }
    visited[bit >> 6] |= mask
    return true
  }

  private mutating func match(at start: Int) -> Match? {
    for index in captures.indices { captures[index] = nil }
    retries.removeAll(keepingCapacity: true)
    var next: (instruction: Int, position: Int)? = (0, start)
    while let (instruction, position) = next {
      if let end = run(from: instruction, at: position) { return found(start..<end) }
      next = nextRetry()
    }
    return nil
  }

  private func found(_ range: Range<Int>) -> Match {
    let groups = (0..<pattern.groupCount).map { index -> Range<Int>? in
      guard let lower = captures[2 * index + 2], let upper = captures[2 * index + 3], lower <= upper else { return nil }
      return lower..<upper
    }
    return Match(range: range, groups: groups)
  }

  private mutating func nextRetry() -> (Int, Int)? {
    while let retry = retries.popLast() {
      switch retry {
      case .resume(let instruction, let position): return (instruction, position)
      case .restoreCapture(let index, let old): captures[index] = old
      case .restoreLoop(let index, let old): loops[index] = old
      }
    }
    return nil
  }

  /// Runs until the pattern has matched (the end of the match) or this way has failed (nil).
  private mutating func run(from instruction: Int, at position: Int) -> Int? {
    var instruction = instruction, position = position
    while true {
      stepsLeft -= 1
      guard stepsLeft > 0, visit(instruction, position) else { return nil }
      switch pattern.program[instruction] {
      case .match: return position
      case .jump(let target):
        instruction = target
        continue
      case .split(let first, let second):
        retries.append(.resume(at: second, position: position))
        instruction = first
        continue
      case .save(let index):
        retries.append(.restoreCapture(index, captures[index]))
        captures[index] = position
      case .enterLoop(let slot):
        retries.append(.restoreLoop(slot, loops[slot]))
        loops[slot] = position
      case .requireProgress(let slot):
        if loops[slot] == position { return nil }
      case let step:
        guard let after = consume(step, at: position) else { return nil }
        position = after
      }
      instruction += 1
    }
  }

  /// The position after a step that looks at the text; nil when it does not accept what stands there.
  private func consume(_ step: Pattern.Instruction, at position: Int) -> Int? {
    switch step {
    case .character(let scalar):
      position < text.count && text[position] == scalar ? position + 1 : nil
    case .set(let set):
      position < text.count && set.contains(text[position], ignoringCase: pattern.options.ignoresCase)
        ? position + 1 : nil
    case .backReference(let number): afterRepeat(of: number, at: position)
    case .textStart: position == 0 ? position : nil
    case .textEnd: position == text.count ? position : nil
    case .lineStart: isLineStart(position) ? position : nil
    case .lineEnd: position == text.count || text[position] == "\n" ? position : nil
    default: nil
    }
  }

  /// A newline at the very end begins no line.
  private func isLineStart(_ position: Int) -> Bool {
    position == 0 || (position < text.count && text[position - 1] == "\n")
  }

  /// A group that took no part repeats as nothing.
  private func afterRepeat(of group: Int, at position: Int) -> Int? {
    guard let lower = captures[2 * group], let upper = captures[2 * group + 1], lower < upper else { return position }
    guard position + (upper - lower) <= text.count else { return nil }
    let isSame = (lower..<upper).allSatisfy { index in
      let a = text[index], b = text[position + index - lower]
      return a == b || (pattern.options.ignoresCase && a.equalsIgnoringCase(b))
    }
    return isSame ? position + (upper - lower) : nil
  }
}
