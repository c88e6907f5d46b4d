/// A region made ready for drawing many rows: flat tables, filled once, read by all workers.
final class Plan: @unchecked Sendable {
  let region: Region
  let texts: TextTable
  let codes: CreditCodes
  let nodes: Memory<PlanNode>
  let numbers: Memory<Int64>
  let children: Memory<Int32>
  let values: Memory<Drawn>
  let fields: Memory<FieldPlan>
  let rules: Memory<RulePlan>
  let serials: Memory<SerialForm>
  /// What stands in a field that is known to be none.
  let none: Int
  private let pools: UnsafeMutablePointer<UnsafeMutableBufferPointer<Drawn>>

  init(_ builder: PlanBuilder, codes: CreditCodes) {
    region = builder.region
    texts = TextTable(builder.texts)
    self.codes = codes
    nodes = Memory(builder.nodes)
    numbers = Memory(builder.numbers)
    children = Memory(builder.children)
    values = Memory(builder.values)
    fields = Memory(builder.fields)
    rules = Memory(builder.rules)
    serials = Memory(builder.serials)
    none = builder.none
    pools = .allocate(capacity: max(region.pools.count, 1))
    pools.initialize(repeating: UnsafeMutableBufferPointer(start: nil, count: 0), count: max(region.pools.count, 1))
  }

  deinit {
    for pool in 0..<region.pools.count { pools[pool].deallocate() }
    pools.deallocate()
  }

  /// Before drawing begins, in the order of the pools.
  func setPool(_ pool: Int, _ keys: [Drawn]) {
    let buffer = UnsafeMutableBufferPointer<Drawn>.allocate(capacity: keys.count)
    _ = buffer.initialize(from: keys)
    pools[pool] = buffer
  }

  var drawing: Drawing {
    Drawing(
      nodes: nodes.base, numbers: numbers.base, children: children.base, values: values.base, fields: fields.base,
      rules: rules.base, texts: texts.entries.base, pools: pools)
  }
}
