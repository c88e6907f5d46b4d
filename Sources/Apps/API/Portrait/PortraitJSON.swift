public import Diagnostics
public import FEEL
public import JSON
import Policy
public import Population
import Registry

extension Portrait {
  /// The form of ``Portrait/json(in:)``. Members may be added; none changes its meaning.
  public static let formatVersion = 1

  /// Values are texts in the base unit of their field, so that no reader rounds them.
  public func json(in language: Language) -> JSONValue {
    [
      "formatVersion": .integer(Portrait.formatVersion), "subject": subject.json, "asOf": .string(asOf.description),
      "headline": .array(headline.map(\.json)), "risks": .array(risks.map(\.json)),
      "ladders": .array(ladders.map { $0.json(in: language) }), "peers": peers?.json(in: language) ?? .null,
      "scores": .array(scores.map { $0.json.merging("trace", $0.trace?.json ?? .null) }),
      "total": .string(checkUp.total.amountText),
      "verdicts": .object(
        Verdict.allCases.map { verdict in
          .init(verdict.rawValue, .integer(checkUp.schemes.count { $0.verdict == verdict }))
        }),
      "facts": .array(facts.map(\.json)), "lists": .array(lists.map(\.json)),
      "history": .array(history.map(\.json)),
      "otherNames": .array(otherNames.map { ["value": .string($0.text), "source": $0.statement.source] }),
      "relations": .array(relations.map(\.json)), "successions": .array(successions.map(\.json)),
    ]
  }
}

extension JSONValue {
  /// An object with one more member.
  fileprivate func merging(_ name: String, _ value: JSONValue) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members + [.init(name, value)])
  }
}

extension AttributeReading {
  var json: JSONValue {
    [
      "name": .string(attribute.name), "value": value.isNull && missing.isEmpty && text == "—" ? .null : .string(text),
      "unit": .optional(attribute.type.unit?.base.symbol), "missing": .array(missing.map(\.json)),
    ]
  }
}

extension Portrait.Ladder {
  func json(in language: Language) -> JSONValue {
    [
      "name": .string(name), "citation": citation.json,
      "rungs": .array(
        rungs.map { rung in
          [
            "name": .string(rung.name), "verdict": .optional(rung.outcome?.verdict.rawValue),
            "verdictText": .optional(rung.outcome?.verdict.text(in: language)),
          ]
        }),
    ]
  }
}

extension Portrait.Peers {
  func json(in language: Language) -> JSONValue {
    [
      "common": .array(common.map { ["name": .string($0.name), "value": .string($0.group.text(in: language))] }),
      "measures": .array(
        measures.map { reading, standing in
          .object([
            .init("name", .string(reading.attribute.name)), .init("value", .string(reading.text)),
            .init("unit", .optional(reading.attribute.type.unit?.base.symbol)),
            .init("peers", standing.map { .integer($0.peers) } ?? .null),
            .init("below", standing.map { .integer($0.below) } ?? .null),
            .init("percentile", (standing?.percentile).map { .integer($0) } ?? .null),
            .init("quartiles", .strings(standing?.shownQuartiles.map(\.description) ?? [])),
          ])
        }),
    ]
  }
}

extension PeerStanding {
  /// None where there are too few peers to tell of.
  public var shownQuartiles: [Decimal128] { percentile == nil ? [] : quartiles }
}

extension Portrait.Fact {
  var json: JSONValue {
    [
      "field": .string(field.name), "year": year.map { .integer($0) } ?? .null, "value": .string(text),
      "unit": .optional(field.type.unit?.base.symbol), "source": statement?.source ?? .null,
      "others": .array(others.map { ["value": .string($0.text), "source": $0.statement.source] }),
    ]
  }
}

extension Portrait.RecordList {
  var json: JSONValue {
    [
      "name": .string(name), "type": .string(type.name), "count": .integer(count),
      "records": .array(
        records.map { card in
          ["record": card.reference.json, "entries": .array(card.entries.map(\.json))]
        }),
    ]
  }
}

extension Portrait.Entry {
  var json: JSONValue {
    [
      "field": .string(field.name), "year": year.map { .integer($0) } ?? .null, "value": .string(text),
      "unit": .optional(field.type.unit?.base.symbol), "target": target?.json ?? .null,
    ]
  }
}

extension Statement {
  /// Who says it, since when it is known, and of which days it is true.
  var source: JSONValue {
    [
      "id": .string(batch.source.id), "title": .string(batch.source.title), "batch": .integer(batch.id),
      "authority": .string(batch.source.authority.rawValue), "confidence": .string(batch.confidence.rawValue),
      "recorded": .string(batch.recorded.description), "from": .optional(validity.from?.description),
      "to": .optional(validity.to?.description),
    ]
  }

  var json: JSONValue {
    [
      "statement": .integer(id), "source": source, "isRetraction": .boolean(isRetraction),
      "fields": .strings(cells.keys.sorted()),
    ]
  }
}
