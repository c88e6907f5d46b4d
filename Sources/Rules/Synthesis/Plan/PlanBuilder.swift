/// Lays the distributions of a region flat.
struct PlanBuilder {
  let region: Region
  private(set) var texts: [String] = []
  private(set) var nodes: [PlanNode] = []
  private(set) var numbers: [Int64] = []
  private(set) var children: [Int32] = []
  private(set) var values: [Drawn] = []
  private(set) var fields: [FieldPlan] = []
  private(set) var rules: [RulePlan] = []
  private(set) var serials: [SerialForm] = []
  private(set) var codeForms: [(prefix: String, text: Int)] = []
  private(set) var none = 0
  private var places: [String: Int] = [:]
  /// Tables from text to node wait until every text is known.
  private var waiting: [(node: Int, cases: [Case])] = []
  /// Those of nodes that have no place yet.
  private var open: [[Case]] = []

  private typealias Case = (text: Int, node: Int32)

  /// - Parameter others: texts of rows that are not drawn, to which references may lead.
  init(_ region: Region, seed: UInt64, none: String, others: [String]) {
    self.region = region
    _ = text("")
    self.none = text(none)
    let start = RandomSource.seed(seed)
    for (position, rule) in region.rules.enumerated() {
      add(rule, seed: RandomSource.extended(start, by: RandomSource.part(UInt64(position))))
    }
    for (node, cases) in waiting {
      nodes[node].table = Int32(children.count)
      nodes[node].count = Int32(texts.count)
      var table = Array(repeating: nodes[node].second, count: texts.count)
      for entry in cases { table[entry.text] = entry.node }
      children += table
    }
    for other in others { _ = text(other) }
  }

  func place(of text: String) -> Int? { places[text] }

  mutating func text(_ text: String) -> Int {
    if let place = places[text] { return place }
    places[text] = texts.count
    texts.append(text)
    return texts.count - 1
  }

  private mutating func add(_ rule: RowRule, seed: UInt64) {
    var plan = RulePlan(
      seed: seed, fields: Int32(fields.count), share: 0, rows: -1,
      usesPrevious: rule.fields.contains { $0.distribution.usesPrevious })
    let own = rule.fields.enumerated().map { position, field in
      FieldPlan(
        node: node(field.distribution), slot: Int32(field.slots.lowerBound), slots: Int32(field.slots.count),
        part: RandomSource.part(UInt64(position)), blank: field.blank, none: field.none)
    }
    fields += own
    if case .each(_, let conditions, let share, let rows) = rule.number {
      plan.share = share
      plan.rows = node(rows)
      for text in conditions.flatMap(\.texts) { _ = self.text(text) }
    }
    rules.append(plan)
  }

  // MARK: - Nodes

  private mutating func append(_ node: PlanNode) -> Int32 {
    nodes.append(node)
    return Int32(nodes.count - 1)
  }

  private mutating func node(_ distribution: Distribution?) -> Int32 {
    guard let distribution else { return -1 }
    let node = laid(distribution)
    if node.kind == .classes, let cases = open.popLast() { waiting.append((nodes.count, cases)) }
    return append(node)
  }

  private mutating func node(_ reference: FieldReference?) -> Int32 {
    reference.map { append(field($0)) } ?? -1
  }

  private func field(_ reference: FieldReference, as kind: PlanNode.Kind = .field) -> PlanNode {
    var node = PlanNode(kind: kind)
    node.level = UInt8(clamping: reference.level)
    node.slot = Int32(reference.slots.lowerBound)
    node.slots = Int32(reference.slots.count)
    return node
  }

  private mutating func laid(_ distribution: Distribution) -> PlanNode {
    switch distribution {
    case .text(let text): return PlanNode(kind: .constant, value: .text(self.text(text)))
    case .number(let number): return PlanNode(kind: .constant, value: .number(number))
    case .missing: return PlanNode(kind: .constant)
    case .choice(let texts, let cumulative): return choice(texts, cumulative)
    case .steps(let min, let step, let count):
      return PlanNode(kind: .steps, value: .number(min), step: step, detail: count)
    case .quantiles(let quantiles): return table(quantiles)
    case .date(let first, let count, let day):
      return PlanNode(kind: .date, slot: Int32(day ?? 0), count: Int32(clamping: count), detail: first)
    case .between(let from, let to, let day):
      let from = node(from)
      return PlanNode(kind: .between, slot: Int32(day ?? 0), first: from, second: node(to))
    case .offset(let base, let months, let days):
      let base = node(base), months = node(months)
      return PlanNode(kind: .offset, first: base, second: months, third: node(days))
    case .next(let after, let first):
      var next = field(after, as: .next)
      next.first = node(first)
      return next
    case .reference(let pool): return PlanNode(kind: .reference, detail: pool)
    case .field(let reference): return field(reference)
    case .scaled(let base, let times, let step):
      let base = node(base)
      return PlanNode(kind: .scaled, hasStep: step != nil, first: base, second: node(times), step: step ?? .one)
    case .product(let factors, let over, let places):
      let run = run(factors)
      return PlanNode(kind: .product, table: run, count: Int32(factors.count), step: over, detail: places)
    case .monthsBetween(let from, let to):
      let from = node(from)
      return PlanNode(kind: .monthsBetween, first: from, second: node(to))
    case .annual(let latest, let growth, let step, let since, let lastYear):
      let latest = node(latest), growth = node(growth)
      return PlanNode(kind: .annual, first: latest, second: growth, third: node(since), step: step, detail: lastYear)
    default: return laidOther(distribution)
    }
  }

  private mutating func laidOther(_ distribution: Distribution) -> PlanNode {
    switch distribution {
    case .sequence(let prefix, let width):
      serials.append(SerialForm(prefix: Int32(text(prefix)), width: width))
      return PlanNode(kind: .serial, detail: serials.count - 1)
    case .code(let region, let prefix):
      codeForms.append((prefix, text(prefix)))
      let form = codeForms.count - 1
      return PlanNode(kind: .code, first: node(region), detail: form)
    case .mix(let parts, let cumulative):
      let run = run(parts)
      let table = append(numbers: cumulative)
      return PlanNode(kind: .mix, first: run, table: table, count: Int32(parts.count))
    case .name(let parts): return name(parts)
    case .classes(let of, let cases, let otherwise): return classes(of, cases, otherwise)
    case .bands(let of, let bounds, let then, let otherwise): return bands(of, bounds, then, otherwise)
    default: return PlanNode(kind: .constant)
    }
  }

  /// Nodes side by side in ``children``.
  private mutating func run(_ parts: [Distribution]) -> Int32 {
    let own = parts.map { node($0) }
    children += own
    return Int32(children.count - own.count)
  }

  private mutating func append(numbers more: [Int64]) -> Int32 {
    numbers += more
    return Int32(numbers.count - more.count)
  }

  // MARK: - Tables

  private mutating func choice(_ texts: [String], _ cumulative: [Int64]) -> PlanNode {
    let own = texts.map { Drawn.text(text($0)) }
    values += own
    let table = append(numbers: cumulative)
    return PlanNode(kind: .choice, first: Int32(values.count - own.count), table: table, count: Int32(own.count))
  }

  /// The shares, then the pieces of each stretch.
  private mutating func table(_ quantiles: Quantiles) -> PlanNode {
    let table = append(numbers: quantiles.shares + quantiles.knots.flatMap { $0 })
    return PlanNode(
      kind: .quantiles, table: table, count: Int32(quantiles.shares.count),
      step: Scaled(digits: quantiles.step, scale: quantiles.scale))
  }

  private mutating func classes(
    _ reference: FieldReference, _ cases: [(texts: [String], then: Distribution)], _ otherwise: Distribution?
  ) -> PlanNode {
    let of = node(reference), other = node(otherwise ?? .missing)
    var table: [Case] = []
    for (texts, then) in cases {
      let then = node(then)
      for text in texts { table.append((self.text(text), then)) }
    }
    open.append(table)
    return PlanNode(kind: .classes, first: of, second: other)
  }

  private mutating func bands(
    _ reference: FieldReference, _ bounds: Distribution.Bounds, _ then: [Distribution], _ otherwise: Distribution?
  ) -> PlanNode {
    let of = node(reference), other = node(otherwise ?? .missing), run = run(then)
    var laid = PlanNode(kind: .bands, first: of, second: other, third: run, count: Int32(then.count))
    switch bounds {
    case .numbers(let list):
      let scale = list.map(\.scale).max() ?? 0
      laid.table = append(numbers: list.map { $0.digits(at: scale) ?? .max })
      laid.detail = scale
    case .days(let list):
      laid.level = 1
      laid.table = append(numbers: list.map { Int64($0) })
    }
    return laid
  }

  /// Three numbers for each part: its kind, and a text's place, or where words begin and how many there are.
  private mutating func name(_ parts: [Distribution.NamePart]) -> PlanNode {
    var run: [Int32] = []
    for part in parts {
      switch part {
      case .text(let text): run += [0, Int32(self.text(text)), 0]
      case .word(let words):
        let own = words.map { Int32(text($0)) }
        children += own
        run += [1, Int32(children.count - own.count), Int32(own.count)]
      case .number: run += [2, 0, 0]
      }
    }
    children += run
    return PlanNode(kind: .name, table: Int32(children.count - run.count), count: Int32(parts.count))
  }
}
