import Policy

/// A decision table as typed, as a table for readers: which columns ask, which answer, and how rules combine.
struct DecisionTableView {
  let table: RawTable
  let words: Words

  private struct Column {
    var title: String
    /// i, o or a.
    var role: String
    /// Allowed values and default, as typed behind the marker.
    var allowed: String?

    var view: View { ["title": title, "role": role, "allowed": allowed] }
  }

  func view(of name: String) -> View {
    let columns = self.columns
    let policy = table.header.first?.text.uppercased() ?? ""
    return [
      "label": words("decision.table", ["name": name]), "policy": words("decision.policy.\(policy)"),
      "groups": groups(columns), "columns": columns.map(\.view),
      "rows": table.rows.dropFirst().map { row -> View in
        [
          "rowLabel": row.first?.text,
          "cells": zip(row.dropFirst(), columns).map { ["text": $0.text, "role": $1.role] as View },
        ]
      },
    ]
  }

  private var columns: [Column] {
    zip(table.header, table.rows.first ?? []).dropFirst().map { header, marker in
      let text = marker.text
      let rest = text.dropFirst().drop { $0 == " " }
      return Column(
        title: header.text, role: text.first.map { $0.lowercased() } ?? "a", allowed: rest.isEmpty ? nil : String(rest))
    }
  }

  /// Neighbouring columns of one role under one heading.
  private func groups(_ columns: [Column]) -> [View] {
    let names = ["i": "inputs", "o": "outputs", "a": "annotations"]
    var runs: [(role: String, span: Int)] = []
    for column in columns {
      if runs.last?.role == column.role {
        runs[runs.count - 1].span += 1
      } else {
        runs.append((column.role, 1))
      }
    }
    return runs.map { run in
      ["role": run.role, "span": String(run.span), "word": words("decision.\(names[run.role] ?? "annotations")")]
    }
  }
}

/// A table as typed.
enum PlainTable {
  static func view(_ table: RawTable, label: String) -> View {
    view(header: table.header.map(\.text), rows: table.rows.map { $0.map(\.text) }, label: label)
  }

  static func view(header: [String], rows: [[String]], label: String) -> View {
    [
      "label": label, "header": header.map { ["text": $0] as View },
      "rows": rows.map { ["cells": $0.map { ["text": $0] as View }] as View },
    ]
  }
}
