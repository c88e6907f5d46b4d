public import Diagnostics
public import FEEL
public import JSON
public import Policy

/// The check-up as JSON, the same in the API and on the command line. Amounts are texts in 元 with two decimals at least,
/// so that no reader rounds them.
extension CheckUp {
  /// The version of ``CheckUp/json(in:)``'s form, trace included. Members may be added; none changes its meaning.
  public static let formatVersion = 1

  public func json(in language: Language) -> JSONValue {
    [
      "formatVersion": .integer(CheckUp.formatVersion), "subject": enterprise.json, "asOf": .string(asOf.description),
      "currency": "CNY", "total": .string(total.amountText),
      "schemes": .array(schemes.map { $0.json(in: language) }),
    ]
  }
}

extension SchemeOutcome {
  public func json(in language: Language) -> JSONValue {
    [
      "kind": .string(scheme.kind.rawValue), "name": .string(scheme.name), "reference": .string(scheme.reference),
      "citation": scheme.citation.json, "verdict": .string(verdict.rawValue),
      "verdictText": .string(verdict.text(in: language)), "amount": .optional(amount?.amountText),
      "reasons": .strings(reasons.map { $0.text(in: language) }),
      "missing": .array(missing.map(\.json)), "outcomes": .array(outcomes.map { $0.json(in: language) }),
    ]
  }
}

extension Outcome {
  public func json(in language: Language) -> JSONValue {
    [
      "record": subject.json, "verdict": .string(verdict.rawValue), "verdictText": .string(verdict.text(in: language)),
      "amount": .optional(amount?.amountText), "reason": .optional(reason?.text(in: language)),
      "decidedBy": .optional(decidedBy?.name), "governedBy": .string(governedBy.description),
      "conditions": .array(conditions.map(\.json)), "missing": .array(missing.map(\.json)),
      "adjustments": .strings(adjustments.map { $0.text(in: language) }), "suggested": .array(suggested.map(\.json)),
      "warnings": .array(warnings.map { $0.json(in: language) }), "trace": .array(trace.map(\.json)),
    ]
  }
}

extension Verdict {
  public func text(in language: Language) -> String { Catalogue.shared.text("verdict.\(rawValue)", in: language) }
  public func mark(in language: Language) -> String { Catalogue.shared.text("verdict.\(rawValue).mark", in: language) }
}

extension ConditionResult {
  var json: JSONValue {
    [
      "name": .string(name), "state": .string(state.rawValue), "test": .string(source),
      "otherwise": .optional(otherwise), "place": .place(place), "trace": .array(trace.map(\.json)),
    ]
  }
}

extension MissingItem {
  var json: JSONValue {
    [
      "kind": .string(kind.rawValue), "name": .string(name), "record": record?.json ?? .null, "unit": .optional(unit),
      "type": .optional(type?.kind.rawValue), "meaning": .optional(meaning),
      "authority": .optional(authority?.rawValue),
      "reason": .optional(reason),
    ]
  }
}

extension ParameterUse {
  var json: JSONValue {
    ["name": .string(name), "id": .string(id), "value": .string(value), "note": .optional(note)]
  }
}

extension Decimal128 {
  /// Digits without grouping, two decimals at least: `69600.00`.
  public var amountText: String {
    let text = description
    guard let point = text.firstIndex(of: ".") else { return text + ".00" }
    let places = text.distance(from: point, to: text.endIndex) - 1
    return places < 2 ? text + "0" : text
  }
}
