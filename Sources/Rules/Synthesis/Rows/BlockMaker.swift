/// What stands in the columns of a table for one rule.
struct RowForm: Sendable {
  let rule: Int
  let columns: Memory<CellWriter.Column>
  /// Fields that are not always shown.
  let masked: Memory<Int32>
  let fields: Int
}

/// Draws and writes the rows of a block, again and again with the same memory. Used by one worker at a time.
final class BlockMaker: @unchecked Sendable {
  let buffer = CellBuffer()
  private(set) var rows = 0
  private let form: RowForm
  private let walker: Walker
  private let writer: CellWriter
  private let masks: Memory<CellWriter.Mask>

  init(_ lineage: Lineage, _ form: RowForm, _ plan: Plan) {
    self.form = form
    walker = Walker(lineage, plan: plan)
    writer = CellWriter(plan)
    masks = Memory(Array(repeating: .shown, count: form.fields))
  }

  func make(_ range: Range<Int>, starts: [Int]) {
    buffer.removeAll()
    rows = 0
    walker.walk(range, starts: starts) { frame in
      writer.mask(frame, rule: form.rule, masked: form.masked, into: masks.base)
      writer.appendRow(frame, form.columns, masks.base, to: buffer)
      rows += 1
    }
  }
}
