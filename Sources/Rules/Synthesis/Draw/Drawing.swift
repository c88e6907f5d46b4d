import FEEL

/// Draws values. Every field of every row has a generator of its own, so that a row can be drawn again at will, and
/// only the fields that are wanted.
///
/// Valid as long as the ``Plan`` it comes from.
struct Drawing: BitwiseCopyable {
  let nodes: UnsafeMutablePointer<PlanNode>
  let numbers: UnsafeMutablePointer<Int64>
  let children: UnsafeMutablePointer<Int32>
  let values: UnsafeMutablePointer<Drawn>
  let fields: UnsafeMutablePointer<FieldPlan>
  let rules: UnsafeMutablePointer<RulePlan>
  let texts: UnsafeMutablePointer<TextTable.Entry>
  let pools: UnsafeMutablePointer<UnsafeMutableBufferPointer<Drawn>>

  /// What the generators of a row are for.
  enum Purpose {
    static let value = RandomSource.part(0)
    static let mask = RandomSource.part(1)
    static let rows = RandomSource.part(2)
  }

  /// - Parameter chosen: places of fields within the rule, in order.
  @inline(__always)
  func drawRow(_ frame: UnsafeMutablePointer<Frame>, rule: Int, chosen: UnsafeMutablePointer<Int32>, count: Int) {
    let own = fields + Int(rules[rule].fields)
    let rowSeed = seed(rule, row: frame.pointee.number)
    let purpose = Purpose.value
    for position in 0..<count {
      let field = own[Int(chosen[position])]
      var random = RandomSource(
        seed: RandomSource.extended(RandomSource.extended(rowSeed, by: field.part), by: purpose))
      for element in 0..<Int(field.slots) {
        let slot = Int(field.slot) + element
        frame.pointee.values[slot] = draw(Int(field.node), frame, element, slot, &random)
      }
    }
  }

  @inline(__always)
  func seed(_ rule: Int, row: Int) -> UInt64 {
    RandomSource.extended(rules[rule].seed, by: RandomSource.part(UInt64(row)))
  }

  /// Whether the row of that number, one level up, gets rows at all, as far as the rule's share says.
  @inline(__always)
  func isChosen(_ parent: Int, rule: Int) -> Bool {
    var random = rowsSource(parent, rule: rule)
    return rules[rule].share == 1_000_000 || random.happens(perMillion: rules[rule].share)
  }

  @inline(__always)
  private func rowsSource(_ parent: Int, rule: Int) -> RandomSource {
    let fieldSeed = RandomSource.extended(seed(rule, row: parent), by: RandomSource.part(0))
    return RandomSource(seed: RandomSource.extended(fieldSeed, by: Purpose.rows))
  }

  /// How many rows a parent gets. `frame` is the one its rows are drawn in.
  @inline(__always)
  func rows(below parent: UnsafeMutablePointer<Frame>, in frame: UnsafeMutablePointer<Frame>, rule: Int) -> Int {
    var random = rowsSource(parent.pointee.number, rule: rule)
    let share = rules[rule].share
    guard share == 1_000_000 || random.happens(perMillion: share) else { return 0 }
    let drawn = draw(Int(rules[rule].rows), frame, 0, 0, &random)
    return min(max(number(drawn)?.integer ?? 0, 0), 1000)
  }

  // MARK: - Values

  func draw(
    _ place: Int, _ frame: UnsafeMutablePointer<Frame>, _ element: Int, _ slot: Int, _ random: inout RandomSource
  ) -> Drawn {
    guard place >= 0 else { return .missing }
    let node = nodes + place
    switch node.pointee.kind {
    case .constant: return node.pointee.value
    case .choice: return values[Int(node.pointee.first) + chosen(node, &random)]
    case .mix:
      return draw(Int(children[Int(node.pointee.first) + chosen(node, &random)]), frame, element, slot, &random)
    case .steps: return steps(node, random.below(node.pointee.detail))
    case .quantiles: return quantile(node, random.next() >> 32)
    case .date: return date(node.pointee.detail + random.below(Int(node.pointee.count)), node)
    case .reference:
      let pool = pools[node.pointee.detail]
      return pool.isEmpty ? .missing : pool[random.below(pool.count)]
    case .field: return field(node, frame, element)
    case .serial:
      return Drawn(kind: .serial, source: Int32(node.pointee.detail), number: Int64(frame.pointee.number + 1))
    case .name:
      return Drawn(
        kind: .name, source: Int32(place), number: Int64(frame.pointee.number + 1), detail: random.state)
    case .classes:
      let key = field(nodes + Int(node.pointee.first), frame, element)
      let isListed = key.kind == .text && key.number < Int64(node.pointee.count)
      let next = isListed ? children[Int(node.pointee.table) + Int(key.number)] : node.pointee.second
      return draw(Int(next), frame, element, slot, &random)
    case .bands:
      let next = band(node, of: field(nodes + Int(node.pointee.first), frame, element))
      return draw(Int(next), frame, element, slot, &random)
    default: return compute(node, frame, element, slot, &random)
    }
  }

  private func compute(
    _ node: UnsafeMutablePointer<PlanNode>, _ frame: UnsafeMutablePointer<Frame>, _ element: Int, _ slot: Int,
    _ random: inout RandomSource
  ) -> Drawn {
    switch node.pointee.kind {
    case .between:
      let from = draw(Int(node.pointee.first), frame, element, slot, &random)
      let to = draw(Int(node.pointee.second), frame, element, slot, &random)
      guard let first = day(from), let last = day(to) else { return .missing }
      return date(first + random.below(max(last - first, 0) + 1), node)
    case .offset:
      let base = day(draw(Int(node.pointee.first), frame, element, slot, &random))
      return moved(base, node, frame, element, slot, &random)
    case .next:
      guard frame.pointee.hasPrevious else { return draw(Int(node.pointee.first), frame, element, slot, &random) }
      return day(frame.pointee.previous[Int(node.pointee.slot)]).map { .date($0 + 1) } ?? .missing
    case .scaled:
      guard let base = number(draw(Int(node.pointee.first), frame, element, slot, &random)),
        let factor = number(draw(Int(node.pointee.second), frame, element, slot, &random))
      else { return .missing }
      var product = Quotient(base)
      guard product.multiply(by: factor) else { return .missing }
      return (node.pointee.hasStep ? product.rounded(toMultipleOf: node.pointee.step) : product.exact).map {
        .number($0)
      } ?? .missing
    case .product: return product(node, frame, element, slot, &random)
    case .monthsBetween:
      let from = day(draw(Int(node.pointee.first), frame, element, slot, &random))
      return months(from, day(draw(Int(node.pointee.second), frame, element, slot, &random)))
    case .code: return code(node, draw(Int(node.pointee.first), frame, element, slot, &random), frame.pointee.number)
    case .annual: return annual(node, frame, element, slot, &random)
    default: return .missing
    }
  }

  /// The value a reference leads to; for a field kept per year, that of the year `element`.
  @inline(__always)
  private func field(_ node: UnsafeMutablePointer<PlanNode>, _ frame: UnsafeMutablePointer<Frame>, _ element: Int)
    -> Drawn
  {
    let level = Int(node.pointee.level), slots = Int(node.pointee.slots)
    guard level <= frame.pointee.depth, slots == 1 || element < slots else { return .missing }
    return (frame - level).pointee.values[Int(node.pointee.slot) + (slots > 1 ? element : 0)]
  }

  @inline(__always)
  func number(_ drawn: Drawn) -> Scaled? {
    switch drawn.kind {
    case .number: return Scaled(digits: drawn.number, scale: Int(drawn.scale))
    case .text:
      let entry = texts + Int(drawn.number)
      return entry.pointee.isNumber ? Scaled(digits: entry.pointee.digits, scale: Int(entry.pointee.scale)) : nil
    default: return nil
    }
  }

  @inline(__always)
  func day(_ drawn: Drawn) -> Int? {
    switch drawn.kind {
    case .date: return Int(drawn.number)
    case .text:
      let entry = texts + Int(drawn.number)
      return entry.pointee.isDate ? Int(entry.pointee.day) : nil
    default: return nil
    }
  }
}
