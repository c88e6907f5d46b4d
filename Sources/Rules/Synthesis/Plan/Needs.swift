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
      for reference in fields[position].distribution.references {
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
      for reference in rows.references where reference.level > 0 { add(reference, to: &above) }
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
}
