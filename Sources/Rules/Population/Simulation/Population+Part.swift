import Policy

extension Population {
  /// Some subjects with the records that can be reached from them, and with the fields that are read.
  /// - Parameters:
  ///   - rows: of the subjects, ascending.
  ///   - entries: the names of the fields and lists that are read; others are left out.
  ///   - owned: the record types whose owner fields are followed whether or not they are read.
  /// - Returns: the part, and which row of the whole each of its subjects is: those asked for, and those reached from them.
  func part(
    of rows: [Int], reading entries: Set<String>, owned: Set<String>, by dictionary: DataDictionary,
    about subject: String
  ) -> (population: Population, rows: [Int]) {
    var kept = tables.mapValues { [Bool](repeating: false, count: $0.count) }
    for row in rows { kept[subject]?[row] = true }
    let links = links(entries, owned, dictionary)
    while links.reduce(false, { spread(along: $1, &kept) || $0 }) {}
    let numbers = kept.mapValues { flags in flags.indices.filter { flags[$0] } }
    var places: [String: [Int32]] = [:]
    for (type, rows) in numbers {
      var place = [Int32](repeating: -1, count: kept[type]?.count ?? 0)
      for (new, old) in rows.enumerated() { place[old] = Int32(new) }
      places[type] = place
    }
    let counts = numbers.mapValues(\.count)
    var parts: [String: ColumnTable] = [:]
    for (type, table) in tables {
      let rows = numbers[type] ?? []
      let references = Set(links.filter { $0.type == type }.map(\.field))
      var columns: [ColumnTable.Key: Column] = [:]
      for (key, column) in table.columns {
        var target: [Int32] = []
        if case .reference(let other) = column.kind {
          guard references.contains(key.field) else { continue }
          target = places[other] ?? []
        } else if !entries.contains(key.field) {
          continue
        }
        columns[key] = column.part(rows) { row in
          target.indices.contains(row) && target[row] >= 0 ? Int(target[row]) : nil
        }
      }
      parts[type] = ColumnTable(type: type, keys: rows.map { table.keys[$0] }, columns: columns, parents: counts)
    }
    return (Population(tables: parts, unsuitable: unsuitable), numbers[subject] ?? [])
  }

  /// A reference field that is followed: to the record it leads to, from there to the records that hold it, or both ways.
  private struct Link {
    var type: String
    var field: String
    var target: String
    var column: Column
    var isUp: Bool
    var isDown: Bool
  }

  private func links(_ entries: Set<String>, _ owned: Set<String>, _ dictionary: DataDictionary) -> [Link] {
    dictionary.types.flatMap { type -> [Link] in
      guard let table = tables[type.name] else { return [] }
      return type.fields.compactMap { field in
        guard let column = table.columns[ColumnTable.Key(field.name)], case .reference(let target) = column.kind else {
          return nil
        }
        let isOwner = owned.contains(type.name) && type.owner.flatMap { type.field(named: $0)?.name } == field.name
        let isDown = isOwner || field.reverse.map { entries.contains($0) } ?? false
        let isUp = isOwner || entries.contains(field.name)
        guard isUp || isDown else { return nil }
        return Link(type: type.name, field: field.name, target: target, column: column, isUp: isUp, isDown: isDown)
      }
    }
  }

  /// - Returns: whether more rows are kept than before.
  private func spread(along link: Link, _ kept: inout [String: [Bool]]) -> Bool {
    guard var own = kept[link.type], var others = kept[link.target] else { return false }
    var grows = false
    for row in own.indices where link.column.state(row) == .given {
      let target = Int(link.column.whole(row))
      guard others.indices.contains(target) else { continue }
      if link.isDown, others[target], !own[row] {
        own[row] = true
        grows = true
      }
      if link.isUp, own[row], !others[target] {
        others[target] = true
        grows = true
      }
    }
    guard grows else { return false }
    if link.type == link.target {
      kept[link.type] = zip(own, others).map { $0 || $1 }
    } else {
      kept[link.type] = own
      kept[link.target] = others
    }
    return true
  }
}
