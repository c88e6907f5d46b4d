/// Which values a row's drawing asks for.
struct Needs {
  private let region: Region

  init(region: Region) { self.region = region }

  /// The fields to draw so that the wanted slots of a rule's rows are known, and the slots wanted of the rows above,
  /// nearest first.
  func fields(of rule: Int, wanted: Set<Int>, above: [Set<Int>]) -> (fields: [Bool], above: [Set<Int>]) {
    let fields = region.rules[rule].fields
    var chosen = fields.map { field in field.slots.contains { wanted.contains($0) } }
    var above = above
    var open = chosen.indices.filter { chosen[$0] }
    while let position = open.popLast() {
      for reference in references(in: fields[position].distribution) {
        if reference.level > 0 {
          add(reference, to: &above)
          continue
        }
        for other in fields.indices where !chosen[other] && fields[other].slots.overlaps(reference.slots) {
          chosen[other] = true
          open.append(other)
        }
      }
    }
    if case .each(let parent, let conditions, _, let rows) = region.rules[rule].number {
      for reference in references(in: rows) where reference.level > 0 { add(reference, to: &above) }
      for condition in conditions {
        guard let field = region.rules[parent].field(named: condition.field) else { continue }
        add(FieldReference(level: 1, slots: field.slots), to: &above)
      }
    }
    return (chosen, above)
  }

  private func add(_ reference: FieldReference, to above: inout [Set<Int>]) {
    while above.count < reference.level { above.append([]) }
    above[reference.level - 1].formUnion(reference.slots)
  }

  private func references(in distribution: Distribution) -> [FieldReference] {
    switch distribution {
    case .constant, .choice, .steps, .date, .reference, .sequence, .name: []
    case .offset(let base, let months, let days):
      [base] + [months, days].compactMap { $0 }.flatMap(references)
    case .next(let after, let first): [after] + references(in: first)
    case .field(let reference): [reference]
    case .scaled(let base, let times, _): [base] + references(in: times)
    case .product(let factors, _, _): factors.flatMap(references)
    case .monthsBetween(let from, let to): [from, to]
    case .code(let region, _): references(in: region)
    case .annual(let latest, let growth, _): references(in: latest) + references(in: growth)
    }
  }
}
