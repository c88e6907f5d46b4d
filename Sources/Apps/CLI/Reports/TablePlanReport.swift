import Diagnostics
import JSON
import Policy
import Store
import Tabulation

/// How a table is going to be read, as a person is to see it.
struct TablePlanReport {
  let plan: TablePlan
  let console: Console

  /// What must be confirmed, and how that is done. Nothing was recorded.
  func tellOpen(_ output: OutputOptions) -> CommandStatus {
    if output.json {
      console.print([
        "outcome": "unconfirmed", "tables": .array(plan.tables.map(\.json)),
        "diagnostics": .array(plan.open.map { $0.json(in: console.language) }),
      ])
      return .problems
    }
    tellWarnings()
    for problem in plan.open { console.complain(problem.description(in: console.language, atCell: true)) }
    tellColumns()
    console.print()
    console.print(console.text("cli.import.unconfirmed", ["count": String(plan.open.count)]))
    for line in ways { console.print("  " + line) }
    return .problems
  }

  func tellWarnings() {
    for warning in plan.warnings { console.complain(warning.description(in: console.language, atCell: true)) }
  }

  func tellColumns() {
    for table in plan.tables {
      console.print(
        console.text(
          plan.isRemembered ? "cli.import.columns.remembered" : "cli.import.columns",
          [
            "file": table.file, "record": table.proposal.type.name, "rows": table.proposal.shape.headerRows,
          ]))
      for line in table.proposal.shape.lines(in: console.language, of: table.proposal.type) { console.print(line) }
    }
  }

  /// What may be done about the columns that are open, with the first of them as the example.
  private var ways: [String] {
    let codes = Set(plan.open.map(\.code))
    let number = String(plan.open.first?.place.column ?? 1)
    let canConfirm = !codes.isDisjoint(with: ["tabulation.column.near", "tabulation.year.assumed"])
    let confirm = canConfirm ? [console.text("cli.import.way.confirm")] : []
    return confirm + [
      console.text("cli.import.way.column", ["number": number, "heading": example]),
      console.text("cli.import.way.leave", ["number": number]),
    ]
  }

  /// A heading for the first open column: what is proposed for it, or the first field of the type.
  private var example: String {
    guard let proposal = plan.tables.first?.proposal else { return "" }
    let number = plan.open.first?.place.column
    let column = proposal.shape.columns.first { $0.number == number }
    let named = column?.field.flatMap { proposal.type.field(named: $0) }
    guard let field = named ?? proposal.type.fields.first(where: { $0.name == proposal.type.key }) else { return "" }
    let year = field.years == nil ? "" : "@" + (column?.year.map { String($0) } ?? console.text("cli.import.year"))
    let unit = (column?.unit ?? field.type.unit?.symbol).map { "（\($0)）" } ?? ""
    return field.name + year + unit
  }
}

extension TablePlan {
  var sheets: String { tables.map(\.file).joined(separator: "、") }
}

extension TablePlan.Table {
  fileprivate var json: JSONValue {
    [
      "file": .string(file), "record": .string(proposal.type.name),
      "firstHeaderRow": .integer(proposal.shape.firstHeaderRow),
      "lastHeaderRow": .integer(proposal.shape.lastHeaderRow),
      "columns": proposal.shape.columnsJSON,
    ]
  }
}

extension TableShape {
  /// `3`, `3–4`
  var headerRows: String {
    firstHeaderRow == lastHeaderRow ? String(firstHeaderRow) : "\(firstHeaderRow)–\(lastHeaderRow)"
  }

  /// The columns under each other: number, letters, heading, field, fiscal year, unit, and how the field was found.
  /// - Parameter type: names the fields; nil for their ids.
  func lines(in language: Language, of type: RecordType? = nil) -> [String] {
    func word(_ key: String) -> String { Catalogue.shared.text("cli.import.column.\(key)", in: language) }
    var lines = TextColumns(.right, .left, .left, .left, .left, .left, .left)
    lines.add(word("number"), "", word("heading"), word("field"), word("year"), word("unit"), word("how"))
    for column in columns {
      let field = column.field.map { type?.field(named: $0)?.name ?? $0 }
      lines.add(
        String(column.number), ColumnName.of(column.number), column.heading, field ?? "—",
        column.year.map { String($0) } ?? "", column.unit ?? "", column.how(in: language))
    }
    return lines.lines(indent: 2)
  }

  var columnsJSON: JSONValue {
    .array(
      columns.map { column in
        [
          "number": .integer(column.number), "column": .string(ColumnName.of(column.number)),
          "heading": .string(column.heading), "field": .optional(column.field),
          "year": column.year.map { .integer($0) } ?? .null, "unit": .optional(column.unit),
          "match": .optional(column.match?.rawValue), "nearness": column.nearness.map { .integer($0) } ?? .null,
          "yearAssumed": .boolean(column.isYearAssumed == true), "ignored": .optional(column.ignored?.rawValue),
        ]
      })
  }
}

extension TableShape.Column {
  /// In one line.
  var heading: String {
    let rows = label.split(separator: "\n").joined(separator: "/")
    return rows.count > Self.longest ? rows.prefix(Self.longest) + "…" : rows
  }

  private static let longest = 30

  fileprivate func how(in language: Language) -> String {
    if let ignored {
      if ignored == .declined { return ignored.words(in: language) }
      return Catalogue.shared.text("cli.import.left", in: language, ["reason": ignored.words(in: language)])
    }
    let arguments = ["measure": String(nearness ?? 0)]
    let how = match.map { Catalogue.shared.text("cli.import.match.\($0.rawValue)", in: language, arguments) } ?? ""
    guard isYearAssumed == true else { return how }
    return how + Catalogue.shared.text("cli.import.match.year", in: language)
  }
}

extension TableReport {
  /// What became of rows that are no records and of columns that are not read.
  func tell(on console: Console) {
    for problem in diagnostics where problem.severity == .warning {
      console.complain(problem.description(in: console.language, atCell: true))
    }
    tellRows(on: console)
    let unread = columns.filter { $0.ignored != nil }
    guard !unread.isEmpty else { return }
    console.print(console.text("cli.import.unread", ["file": file]))
    var lines = TextColumns(.left, .left, .left)
    for column in unread {
      lines.add(ColumnName.of(column.number), column.heading, column.ignored?.words(in: console.language) ?? "")
    }
    for line in lines.lines(indent: 2) { console.print(line) }
  }

  private func tellRows(on console: Console) {
    guard !leftOut.isEmpty else { return }
    console.print(console.text("cli.import.left-out", ["file": file]))
    var lines = TextColumns(.left, .right, .left)
    for (reason, rows) in sortedReasons {
      lines.add(reason.words(in: console.language), String(rows.count), rows.text)
    }
    for line in lines.lines(indent: 2) { console.print(line) }
  }

  private var sortedReasons: [(Reason, Rows)] {
    Reason.allCases.compactMap { reason in leftOut[reason].map { (reason, $0) } }
  }

  var json: JSONValue {
    [
      "file": .string(file),
      "leftOut": .array(
        sortedReasons.map { reason, rows in
          [
            "reason": .string(reason.rawValue), "count": .integer(rows.count),
            "rows": .array(rows.ranges.map { .array([.integer($0.lowerBound), .integer($0.upperBound)]) }),
          ]
        }),
      "unread": .array(
        columns.map { ["column": .integer($0.number), "reason": .optional($0.ignored?.rawValue)] }),
      "hidden": .integer(hidden.count),
    ]
  }
}

extension TableReport.Rows {
  /// `6、8–10`
  fileprivate var text: String {
    let ranges = ranges.prefix(Self.mostShown).map {
      $0.count == 1 ? String($0.lowerBound) : "\($0.lowerBound)–\($0.upperBound)"
    }
    return ranges.joined(separator: "、") + (areAllKept && self.ranges.count <= Self.mostShown ? "" : "…")
  }

  private static let mostShown = 12
}

extension Diagnostic {
  /// - Parameter atCell: whether the place is a cell of a table, and is written as spreadsheets do: `名录.xlsx[名录] C5`.
  func description(in language: Language, atCell: Bool) -> String {
    let text = description(in: language)
    let head = "\(place): "
    guard atCell, text.hasPrefix(head) else { return text }
    return "\(place.file) \(ColumnName.of(place.column))\(place.line): \(text.dropFirst(head.count))"
  }
}
