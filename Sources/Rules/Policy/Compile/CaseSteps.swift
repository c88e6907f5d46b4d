import Diagnostics

/// The steps of a case as its table names them. The first row is where it begins.
struct CaseSteps {
  struct Row {
    var step: RawTable.Cell
    var next: RawTable.Cell
  }

  let rows: [Row]
  let names: [String]

  init(_ rows: [Row]) {
    self.rows = rows
    names = rows.map(\.step.text)
  }

  /// Next steps that are neither steps nor the end, where they stand.
  var unknown: [RawTable.Cell] {
    rows.flatMap { row in
      row.nexts.filter { !names.contains($0.text) && !Keywords.shared.isWord($0.text, "finish") }
        .map { RawTable.Cell($0.text, at: $0.place) }
    }
  }

  /// Rows that no way from the first row leads to.
  var unreachable: [Row] {
    guard let first = names.first else { return [] }
    let reached = closure(from: [first]) { name in rows.filter { $0.step.text == name }.flatMap(\.nextNames) }
    return rows.filter { !reached.contains($0.step.text) }
  }

  /// Rows from which no way leads to the end.
  var stuck: [Row] {
    let ends = rows.filter { $0.nexts.contains { Keywords.shared.isWord($0.text, "finish") } }.map(\.step.text)
    let leading = closure(from: ends) { name in rows.filter { $0.nextNames.contains(name) }.map(\.step.text) }
    return rows.filter { !leading.contains($0.step.text) }
  }

  private func closure(from start: [String], _ onward: (String) -> [String]) -> Set<String> {
    var reached: Set<String> = []
    var waiting = start
    while let name = waiting.popLast() {
      if reached.insert(name).inserted { waiting += onward(name) }
    }
    return reached
  }
}

extension CaseSteps.Row {
  /// The names in the cell of next steps.
  fileprivate var nexts: [Line] { FieldValue(line: Line(text: next.text, place: next.place)).names }

  fileprivate var nextNames: [String] { nexts.map(\.text) }
}
