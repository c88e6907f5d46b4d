/// What became of a record: one step of a succession.
public struct Succession: Hashable, Sendable {
  public var predecessor: RecordReference
  public var successor: RecordReference
  /// The record that says so.
  public var record: RecordReference
  /// What the record says beside that: how it came about, when.
  public var particulars: [Particular]
  /// How many steps from the record that was asked for, from 1.
  public var step: Int

  public struct Particular: Hashable, Sendable {
    public var field: String
    public var text: String
  }
}

extension RecordGraph {
  /// Who came after a record, and after those, over as many steps as there are.
  ///
  /// Each record is followed once, so that records that lead back to themselves come to an end.
  /// - Parameter limit: how many are told at most.
  public func successions(of type: String, key: String, limit: Int = RecordGraph.most) -> [Succession] {
    guard let first = record(type, key: key) else { return [] }
    var found: [Succession] = [], seen: Set<RecordReference> = [first]
    var open = [(first, 1)][...]
    while let (record, step) = open.popFirst() {
      for succession in successions(of: record, step: step) {
        guard found.count < min(limit, Self.most) else { return found }
        found.append(succession)
        if seen.insert(succession.successor).inserted { open.append((succession.successor, step + 1)) }
      }
    }
    return found
  }

  private func successions(of record: RecordReference, step: Int) -> [Succession] {
    dictionary.types.filter { $0.role == .succession }.flatMap { type -> [Succession] in
      guard let ends = type.ends, ends.from.type.record == record.type else { return [] }
      return rows(of: type, where: ends.from, leadTo: record.key).compactMap { row in
        guard let successor = referred(ends.to, in: row) else { return nil }
        return Succession(
          predecessor: record, successor: successor, record: type.reference(to: row),
          particulars: particulars(of: row, type), step: step)
      }
    }
  }

  /// The values of a relation, without its key and the records it leads to.
  private func particulars(of row: FactRow, _ type: RecordType) -> [Succession.Particular] {
    type.fields.filter { $0.name != type.key && $0.type.kind != .reference && $0.years == nil }.compactMap { field in
      guard case .value(let value)? = row[field.name] else { return nil }
      return Succession.Particular(field: field.name, text: field.type.text(of: value))
    }
  }
}
