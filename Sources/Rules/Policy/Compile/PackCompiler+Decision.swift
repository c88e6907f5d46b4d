import DMN
import Diagnostics
import FEEL

extension PackCompiler {
  mutating func decision(_ raw: RawConstruct, _ around: Surroundings) -> PolicyDecision? {
    let isFunction = raw.keyword == "function"
    allow(
      ["about", "type", "id", "in-force", "dated-by", "refs", "note", "unit", "cliff"]
        + (isFunction ? ["parameters"] : []),
      in: raw)
    guard let typeValue = raw.fields.value("type") else {
      report("policy.decision.type", raw.place, ["name": raw.name.text])
      return nil
    }
    guard let type = valueType(typeValue.raw, at: typeValue.place) else { return nil }
    guard let (body, source) = body(of: raw, type: type) else { return nil }
    return PolicyDecision(
      name: raw.name.text, id: identifier(raw), citation: around.citation, about: about(raw), type: type,
      inForce: inForce(raw, around), datedBy: expression("dated-by", of: raw),
      formals: isFunction ? formals(raw) : nil, body: body, refs: raw.fields.names("refs"),
      note: raw.fields.value("note")?.raw, cliff: raw.fields.value("cliff")?.raw, place: raw.place, source: source)
  }

  private mutating func formals(_ raw: RawConstruct) -> [PolicyDecision.Formal] {
    guard let value = raw.fields.value("parameters") else { return [] }
    return value.raw.split(separator: "、").compactMap { part in
      let text = part.trimmed
      let header = HeaderCell(text)
      guard let open = text.firstIndex(where: { $0 == "（" || $0 == "(" }), header.unit == nil else {
        return PolicyDecision.Formal(name: header.name, type: ValueType(.number, unit: header.unit.flatMap(Unit.named)))
      }
      let inside = text[text.index(after: open)...].dropLast().trimmed
      guard let type = valueType(inside, at: value.place) else { return nil }
      return PolicyDecision.Formal(name: text[..<open].trimmed, type: type)
    }
  }

  private mutating func body(
    of raw: RawConstruct, type: ValueType
  ) -> (PolicyDecision.Body, PolicyDecision.Source)? {
    if let feel = raw.feel {
      return expression(feel.text, at: feel.place).map { (.expression($0), .feel(feel.text)) }
    }
    if let table = raw.tables.first {
      return decisionTable(table, name: raw.name.text, type: type).map { (.table($0), .table(table)) }
    }
    report("policy.decision.body", raw.place, ["name": raw.name.text])
    return nil
  }
}

/// The columns of a decision table as its header and marker row describe them.
private struct TableColumns {
  struct Column {
    var index: Int
    var header: RawTable.Cell
    var name: String
    var factor: Decimal128
    var allowed: UnaryTests?
    var fallback: Expression?
  }
  var inputs: [Column] = []
  var outputs: [Column] = []
  var annotations: [Int] = []
}

extension PackCompiler {
  /// A pipe table in the shape of docs/pack-format.md §5.
  mutating func decisionTable(_ table: RawTable, name: String, type: ValueType) -> DecisionTable? {
    guard let corner = table.header.first, let (policy, aggregation) = hitPolicy(corner) else { return nil }
    guard let marker = table.rows.first, marker.first?.text.isEmpty == true else {
      report("policy.table.marker", table.place, ["table": name])
      return nil
    }
    guard let columns = columns(table.header, marker, type) else { return nil }
    guard !columns.outputs.isEmpty else {
      report("policy.table.output", marker.first?.place ?? table.place, ["table": name])
      return nil
    }
    let inputs = columns.inputs.compactMap { column in
      expression(column.name, at: column.header.place).map {
        DecisionTable.Input(label: column.header.text, expression: $0, allowed: column.allowed)
      }
    }
    guard inputs.count == columns.inputs.count else { return nil }
    let rules = table.rows.dropFirst().compactMap { rule($0, columns) }
    guard rules.count == table.rows.count - 1 else { return nil }
    return DecisionTable(
      hitPolicy: policy, aggregation: aggregation, inputs: inputs,
      outputs: columns.outputs.map { column in
        DecisionTable.Output(
          name: columns.outputs.count == 1 ? nil : column.name, allowed: column.allowed,
          defaultValue: column.fallback)
      }, rules: rules, annotations: columns.annotations.map { table.header[$0].text }, place: table.place)
  }

  private mutating func hitPolicy(
    _ corner: RawTable.Cell
  ) -> (HitPolicy, Aggregation?)? {
    let text = corner.text.uppercased()
    if let policy = HitPolicy(rawValue: text) { return (policy, nil) }
    if text.count == 2, text.first == "C", let sign = text.last,
      let aggregation = Aggregation(rawValue: String(sign))
    {
      return (.collect, aggregation)
    }
    report("policy.table.hit-policy", corner.place, ["text": corner.text])
    return nil
  }

  private mutating func columns(
    _ header: [RawTable.Cell], _ marker: [RawTable.Cell], _ type: ValueType
  ) -> TableColumns? {
    var columns = TableColumns()
    for (index, cell) in marker.enumerated().dropFirst() {
      let head = HeaderCell(header[index].text)
      let factor = head.unit.flatMap(Unit.named)?.factor ?? .one
      var column = TableColumns.Column(index: index, header: header[index], name: head.name, factor: factor)
      let (kind, values, fallback) = markerParts(cell.text)
      if !values.isEmpty { column.allowed = unaryTests(values, at: cell.place) }
      if !fallback.isEmpty { column.fallback = scaledExpression(fallback, by: factor, at: cell.place) }
      switch kind {
      case "i": columns.inputs.append(column)
      case "o": columns.outputs.append(column)
      case "a": columns.annotations.append(index)
      default:
        report("policy.table.marker-cell", cell.place, ["text": cell.text])
        return nil
      }
    }
    return columns
  }

  /// `o 取 "高", "低" 默认 "低"` in its three parts.
  private func markerParts(_ text: String) -> (kind: String, values: String, fallback: String) {
    var parts = ["", "", ""]
    var part = 0
    for word in text.split(separator: " ").map(String.init) {
      if keywords.isWord(word, "values") {
        part = 1
      } else if keywords.isWord(word, "default") {
        part = 2
      } else {
        parts[part] += (parts[part].isEmpty ? "" : " ") + word
      }
    }
    return (parts[0].lowercased(), parts[1], parts[2])
  }

  private mutating func rule(_ row: [RawTable.Cell], _ columns: TableColumns) -> DecisionTable.Rule? {
    let inputs = columns.inputs.compactMap { scaledTests(row[$0.index], by: $0.factor) }
    let outputs = columns.outputs.compactMap { column in
      let cell = row[column.index]
      return scaledExpression(cell.text.isEmpty ? "null" : cell.text, by: column.factor, at: cell.place)
    }
    guard inputs.count == columns.inputs.count, outputs.count == columns.outputs.count else { return nil }
    return DecisionTable.Rule(
      label: row[0].text, inputs: inputs, outputs: outputs,
      annotations: columns.annotations.map { row[$0].text }, place: row[0].place)
  }

  private mutating func scaledTests(_ cell: RawTable.Cell, by factor: Decimal128) -> UnaryTests? {
    let text = cell.text.isEmpty ? "-" : cell.text
    guard let tests = unaryTests(text, at: cell.place), factor != .one else { return unaryTests(text, at: cell.place) }
    return unaryTests(UnitScaling.rescale(text, tests.tests, by: factor), at: cell.place)
  }

  mutating func scaledExpression(_ text: String, by factor: Decimal128, at place: SourcePlace) -> Expression? {
    guard let plain = expression(text, at: place), factor != .one else { return expression(text, at: place) }
    return expression(UnitScaling.rescale(text, [plain.root], by: factor), at: place)
  }

  /// `<= 50 %`: unary tests whose numbers carry the unit behind them.
  mutating func bounds(_ text: String, at place: SourcePlace) -> (tests: UnaryTests, unit: Unit?)? {
    let (body, unit) = UnitScaling.splitUnit(text)
    guard let tests = unaryTests(body, at: place) else { return nil }
    guard let unit, !unit.isBase else { return (tests, unit) }
    return unaryTests(UnitScaling.rescale(body, tests.tests, by: unit.factor), at: place).map { ($0, unit) }
  }
}
