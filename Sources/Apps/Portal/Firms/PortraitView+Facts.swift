import API
import FEEL
import Policy
import Registry

/// What a portrait rests on: facts with their sources, the records that belong to the firm, and what was said when.
extension PortraitView {
  var facts: View? {
    guard !portrait.facts.isEmpty else { return nil }
    let rows = portrait.facts.map { fact -> View in
      return [
        "name": label(fact.field, fact.year), "note": fact.field.note,
        "value": figures.short(fact.text, fact.field.type),
        "source": fact.statement.map(source),
        "others": fact.others.isEmpty
          ? nil
          : [
            "rows": fact.others.map { text, statement -> View in
              source(statement).merging(["value": figures.short(text, fact.field.type)])
            }
          ] as View,
      ]
    }
    return ["rows": rows, "hasSources": portrait.facts.contains { $0.statement != nil }]
  }

  private func label(_ field: Field, _ year: Int?) -> String {
    year.map { words("portrait.fact.year", ["field": field.name, "year": String($0)]) } ?? field.name
  }

  private func source(_ statement: Statement) -> View {
    let batch = statement.batch
    return [
      "title": batch.source.title, "recorded": String(batch.recorded.description.prefix(10)),
      "batch": words("portrait.batch", ["batch": String(batch.id)]),
      "validity": statement.validity == .always
        ? nil : figures.period(Period(from: statement.validity.from, until: statement.validity.to)),
    ]
  }

  // MARK: records

  var lists: [View] {
    portrait.lists.map { list in
      let fields = list.records.flatMap(\.entries).reduce(into: [Portrait.Column]()) { columns, entry in
        let column = Portrait.Column(field: entry.field, year: entry.year)
        if !columns.contains(column) { columns.append(column) }
      }
      let rows = list.records.map { card -> View in
        ["cells": fields.map { column in cell(card.entries.first { column.holds($0) }) }]
      }
      let more = list.count - list.records.count
      return [
        "name": list.name, "count": words("result.group-count", ["count": String(list.count)]),
        "columns": fields.map { ["text": label($0.field, $0.year)] as View }, "rows": rows,
        "more": more > 0 ? words("result.more", ["count": String(more)]) : nil,
      ]
    }
  }

  private func cell(_ entry: Portrait.Entry?) -> View {
    guard let entry else { return ["text": ""] }
    let isFirm = entry.target?.type == region.rulebook.subjectType?.name
    return [
      "text": figures.short(entry.text, entry.field.type),
      "href": isFirm ? entry.target.map { href($0) } : nil, "number": entry.field.type.kind == .number,
    ]
  }

  private func href(_ firm: RecordReference) -> String {
    "/firms/\(PercentCoding.encode(region.id))/\(PercentCoding.encode(firm.key))?as-of=\(portrait.asOf)"
  }

  // MARK: relations, and what became of it

  var relations: View? {
    let rows = portrait.relations.map { edge -> View in
      [
        "from": edge.from.display, "fromHref": firmHref(edge.from), "name": edge.name, "to": edge.to.display,
        "toHref": firmHref(edge.to),
      ]
    }
    return list(rows, as: "rows")
  }

  /// nil for the firm of the page, and for what is no firm.
  private func firmHref(_ record: RecordReference) -> String? {
    record.type == portrait.subject.type && record.key != portrait.subject.key ? href(record) : nil
  }

  var successions: View? {
    let rows = portrait.successions.map { succession -> View in
      [
        "from": succession.predecessor.display, "fromHref": href(succession.predecessor),
        "to": succession.successor.display, "toHref": href(succession.successor),
        "particulars": words.packList(
          succession.particulars.map { words("pack-pair", ["name": $0.field, "value": $0.text]) }),
      ]
    }
    return list(rows, as: "rows")
  }

  // MARK: history

  var history: View? {
    let rows = portrait.history.map { statement -> View in
      source(statement).merging([
        "said": statement.isRetraction
          ? words("portrait.history.retracted")
          : words("portrait.history.fields", ["count": String(statement.cells.count)]),
        "fields": words.packList(statement.cells.keys.sorted()), "actor": statement.batch.actor,
        "origin": statement.batch.origin,
      ])
    }
    return list(rows, as: "rows")
  }
}

extension Portrait {
  /// A field, or one fiscal year of it, over several records.
  fileprivate struct Column: Equatable {
    var field: Field
    var year: Int?

    func holds(_ entry: Entry) -> Bool { entry.field.name == field.name && entry.year == year }
  }
}
