/// Draws the rows of a lineage one after the other. One per worker.
final class Walker {
  let frames: Frames
  private let plan: Plan
  private let lineage: Lineage
  private let drawing: Drawing
  private let texts: CellWriter
  private let scratch = CellBuffer(capacity: 256)
  /// The number of the next row, by level.
  private var next: [Int]
  /// The rule below the outermost, when only a share of the outermost rows has rows of it; otherwise -1.
  private let gate: Int

  init(_ lineage: Lineage, plan: Plan) {
    self.plan = plan
    self.lineage = lineage
    drawing = plan.drawing
    texts = CellWriter(plan)
    frames = Frames(slots: lineage.slots)
    next = Array(repeating: 0, count: lineage.depth)
    let below = lineage.depth > 1 ? lineage.levels.base[1].rule : -1
    gate = below >= 0 && drawing.rules[below].share < 1_000_000 ? below : -1
  }

  /// Calls `body` with every row that is drawn for some outermost rows, in order.
  /// - Parameter starts: the number of the first row at each level below the outermost.
  func walk<E: Error>(
    _ range: Range<Int>, starts: [Int], _ body: (UnsafeMutablePointer<Frame>) throws(E) -> Void
  ) throws(E) {
    for (level, start) in starts.enumerated() { next[level + 1] = start }
    for number in range where drawOutermost(number) { try descend(to: 1, body) }
  }

  /// How many rows the innermost rule has for some outermost rows; its own fields are not drawn.
  func count(_ range: Range<Int>, starts: [Int]) -> Int {
    for (level, start) in starts.enumerated() { next[level + 1] = start }
    let before = next[lineage.depth - 1]
    for number in range where drawOutermost(number) { count(from: 1) }
    return next[lineage.depth - 1] - before
  }

  /// False when the row gets none below it: then it need not be drawn.
  @inline(__always)
  private func drawOutermost(_ number: Int) -> Bool {
    if gate >= 0, !drawing.isChosen(number, rule: gate) { return false }
    let level = lineage.levels.base[0]
    frames.base.pointee.number = number
    drawing.drawRow(
      frames.base, rule: level.rule, chosen: lineage.chosen.base + level.chosen, count: level.chosenCount)
    return true
  }

  private func count(from depth: Int) {
    guard depth == lineage.depth - 1 else {
      descend(to: depth, until: lineage.depth - 1) { _ in self.count(from: self.lineage.depth - 1) }
      return
    }
    guard holds(lineage.levels.base[depth], above: frames.base + depth - 1) else { return }
    next[depth] += rows(at: depth)
  }

  @inline(__always)
  private func rows(at depth: Int) -> Int {
    drawing.rows(
      below: frames.base + depth - 1, in: frames.base + depth, rule: lineage.levels.base[depth].rule)
  }

  private func descend<E: Error>(
    to depth: Int, until last: Int? = nil, _ body: (UnsafeMutablePointer<Frame>) throws(E) -> Void
  ) throws(E) {
    guard depth < last ?? lineage.depth else { return try body(frames.base + depth - 1) }
    let level = lineage.levels.base[depth]
    guard holds(level, above: frames.base + depth - 1) else { return }
    let frame = frames.base + depth
    frame.pointee.hasPrevious = false
    for _ in 0..<rows(at: depth) {
      frame.pointee.number = next[depth]
      drawing.drawRow(frame, rule: level.rule, chosen: lineage.chosen.base + level.chosen, count: level.chosenCount)
      next[depth] += 1
      try descend(to: depth + 1, until: last, body)
      if level.usesPrevious {
        frame.pointee.previous.update(from: frame.pointee.values, count: lineage.slots[depth])
        frame.pointee.hasPrevious = true
      }
    }
  }

  // MARK: - Conditions

  @inline(__always)
  private func holds(_ level: Lineage.Level, above frame: UnsafeMutablePointer<Frame>) -> Bool {
    for place in 0..<level.conditionsCount {
      let condition = lineage.conditions.base[level.conditions + place]
      let accepted = UnsafeBufferPointer(start: lineage.accepted.base + condition.first, count: condition.count)
      if !isOne(frame.pointee.values[condition.slot], of: accepted) { return false }
    }
    return true
  }

  /// Whether a value's cell is one of some texts.
  func isOne(_ value: Drawn, of accepted: UnsafeBufferPointer<Int64>) -> Bool {
    if value.kind == .text { return accepted.contains(value.number) }
    scratch.removeAll()
    texts.append(value, to: scratch)
    return accepted.contains { place in
      let entry = plan.texts.entries.base[Int(place)]
      let bytes = UnsafeBufferPointer(start: plan.texts.bytes.base + entry.start, count: Int(entry.length))
      return scratch.bytes.elementsEqual(bytes)
    }
  }
}
