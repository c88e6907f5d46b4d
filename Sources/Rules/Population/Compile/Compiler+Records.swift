import FEEL
import Instructions
import Policy

/// Fields, paths and the records behind them, as `FactRecord` gives them.
extension Compiler {
  /// What a missing thing of that authority sets in a mask.
  static func openness(_ authority: Field.Authority?) -> UInt8 {
    authority == .office || authority == .expert ? 2 : 1
  }

  func member(_ name: String, of record: RecordItem) throws(Unsupported) -> Item {
    let item = try ownMember(name, of: record)
    guard record.null != nil || record.open != nil else { return item }
    return try adding(open: record.open, to: nulled(item, where: record.null))
  }

  private func ownMember(_ name: String, of record: RecordItem) throws(Unsupported) -> Item {
    if let field = record.type.field(named: name) {
      if population.unsuitable[record.type.name]?.contains(field.name) == true {
        throw Unsupported(.field(field.name))
      }
      if let years = field.years {
        var items: [Item] = []
        for back in 1...years {
          let key = ColumnTable.Key(field.name, year: asOf.year - back)
          items.append(try cell(key, of: field, record))
        }
        return .list(.items(items))
      }
      if field.type.kind == .reference { return try target(of: field, record) }
      return try cell(ColumnTable.Key(field.name), of: field, record)
    }
    guard let reverse = rulebook.dictionary.reverseList(name, of: record.type.name) else { return .null }
    return try list(of: reverse.type, by: reverse.field, record)
  }

  private func column(_ key: ColumnTable.Key, _ record: RecordItem) -> Column? {
    population.tables[record.type.name]?.columns[key]
  }

  private func cell(_ key: ColumnTable.Key, of field: Field, _ record: RecordItem) throws(Unsupported) -> Item {
    let unknown = Self.openness(field.authority)
    guard let column = column(key, record) else {
      return .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: builder.byte(unknown)))
    }
    let reference = ColumnReference(table: record.type.name, key: key)
    func state(_ meanings: [UInt8]) -> Register? { self.state(of: column, reference, record.row, meanings) }
    let open = state([0, 0, unknown, unknown])
    guard let bounds = column.bounds else {
      return .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: open))
    }
    func load() -> Register {
      let wide = Int128(bounds.lowerBound)...Int128(bounds.upperBound)
      if bounds.lowerBound == bounds.upperBound { return builder.constant(wide.lowerBound) }
      return builder.append(.load(reference, row: record.row), .integer, wide)
    }
    let null = state([0, 1, 1, 1])
    switch column.kind {
    case .truth:
      let value = builder.append(.truth(reference, row: record.row), .byte)
      return .scalar(Scalar(kind: .truth, value: value, null: nil, open: open))
    case .number(let scale):
      return .scalar(Scalar(kind: .number(scale: scale, divisor: nil), value: load(), null: null, open: open))
    case .date: return .scalar(Scalar(kind: .date, value: load(), null: null, open: open))
    case .text(let pool): return .scalar(Scalar(kind: .text(pool), value: load(), null: null, open: open))
    case .reference: throw Unsupported(.field(key.field))
    }
  }

  /// What the states of cells mean; nil where that is nothing in all rows.
  private func state(
    of column: Column, _ reference: ColumnReference, _ row: Register?, _ meanings: [UInt8]
  ) -> Register? {
    guard column.occurring.contains(where: { meanings[Int($0)] != 0 }) else { return nil }
    // What a state that does not occur means is free: where every state can stand for itself, the states are read as they lie.
    let free = meanings.indices.map { column.occurring.contains(UInt8($0)) ? meanings[$0] : UInt8($0) }
    let isPlain = free == [0, 1, 2, 3]
    let possible = ByteSet([meanings[0]] + column.occurring.map { meanings[Int($0)] })
    return builder.append(.state(reference, row: row, meanings: isPlain ? free : meanings), .byte, possible: possible)
  }

  private func target(of field: Field, _ record: RecordItem) throws(Unsupported) -> Item {
    guard record.depth < RecordType.deepestReference, let name = field.type.record, let type = rulebook.dictionary[name]
    else { return .null }
    let key = ColumnTable.Key(field.name)
    let reference = ColumnReference(table: record.type.name, key: key)
    guard let column = column(key, record) else {
      let open = builder.byte(Self.openness(field.authority))
      return .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: open))
    }
    func state(_ meanings: [UInt8]) -> Register? { self.state(of: column, reference, record.row, meanings) }
    let dangling = Self.openness(type.field(named: type.key)?.authority)
    let open = state([0, 0, Self.openness(field.authority), dangling])
    guard let bounds = column.bounds else {
      return .scalar(Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: open))
    }
    let row = builder.append(
      .load(reference, row: record.row), .integer, Int128(bounds.lowerBound)...Int128(bounds.upperBound))
    return .record(
      RecordItem(type: type, row: row, depth: record.depth + 1, null: state([0, 1, 1, 1]), open: open))
  }

  private func list(of child: RecordType, by field: Field, _ record: RecordItem) throws(Unsupported) -> Item {
    guard population.tables[child.name] != nil else {
      return .list(.null(open: builder.byte(Self.openness(field.authority))))
    }
    guard record.depth < RecordType.deepestReference else { return .list(.items([])) }
    let nest = builder.nest(table: child.name, field: field.name, parent: record.row)
    let element = RecordItem(type: child, row: nil, depth: record.depth + 1)
    return .list(
      .rows(RowList(nest: nest, builder: builder.nests[nest].builder, keep: nil, element: .record(element))))
  }

  // MARK: paths

  /// `value.member` (`Invocation.path`).
  mutating func path(_ item: Item, _ member: String) throws(Unsupported) -> Item {
    switch item {
    case .list(.items(let items)):
      var members: [Item] = []
      for item in items { members.append(try path(item, member)) }
      return .list(.items(members))
    case .list(.rows(let rows)):
      return .list(
        .rows(
          try inside(rows) { compiler, element throws(Unsupported) in try compiler.path(element, member) }))
    case .list(.joined(let lists)):
      var members: [ListItem] = []
      for list in lists {
        if case .list(let list) = try path(.list(list), member) { members.append(list) }
      }
      return .list(.joined(members))
    case .list(.choice(var choice)):
      for (position, entry) in choice.items.enumerated() {
        choice.items[position].item = try path(entry.item, member)
      }
      return .list(.choice(choice))
    case .list(.null): return item
    case .record(let record):
      guard record.type.names.contains(member) else { return .null }
      return try self.member(member, of: record)
    case .context(let context):
      return try adding(open: context.open, to: nulled(context[member] ?? .null, where: context.null))
    case .scalar(let scalar): return try property(member, of: scalar)
    case .range, .function: throw Unsupported(.form(".\(member)"))
    }
  }

  /// Each row's element made into something else, in the nested program.
  mutating func inside(
    _ rows: RowList, _ change: (inout Compiler, Item) throws(Unsupported) -> Item
  ) throws(Unsupported) -> RowList {
    let outer = builder
    builder = rows.builder
    defer { builder = outer }
    var rows = rows
    rows.element = try change(&self, rows.element)
    return rows
  }

  private func property(_ name: String, of scalar: Scalar) throws(Unsupported) -> Item {
    switch (scalar.kind, name) {
    case (.nothing, _): return .scalar(scalar)
    case (.date, "year"), (.date, "month"), (.date, "day"), (.date, "weekday"):
      let part: DatePart = name == "year" ? .year : name == "month" ? .month : name == "day" ? .day : .weekday
      let bounds: ClosedRange<Int128> = part == .year ? -999_999_999...999_999_999 : 1...31
      return .scalar(number(builder.append(.datePart(scalar.value, part), .integer, bounds), like: scalar))
    case (.months, "years"), (.months, "months"):
      let twelve = builder.constant(12)
      let years = builder.divide(scalar.value, by: twelve, .down)
      if name == "years" { return .scalar(number(years, like: scalar)) }
      let rest = try builder.subtract(scalar.value, builder.multiply(years, by: 12))
      return .scalar(number(rest, like: scalar))
    case (.days, "days"): return .scalar(number(scalar.value, like: scalar))
    default: throw Unsupported(.form(".\(name)"))
    }
  }

  func number(_ value: Register, scale: Int = 0, like other: Scalar) -> Scalar {
    Scalar(kind: .number(scale: scale, divisor: nil), value: value, null: other.null, open: other.open)
  }
}
