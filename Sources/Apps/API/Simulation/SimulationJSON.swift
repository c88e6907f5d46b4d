public import Diagnostics
import FEEL
public import JSON
import Policy
import Population

/// A simulation as JSON, the same in the API and on the command line. Amounts are texts in 元 with two decimals at least.
extension SimulationAnswer {
  public func json(in language: Language) -> JSONValue {
    [
      "formatVersion": .integer(CheckUp.formatVersion), "pack": .string(rulebook.main.id),
      "version": .string(rulebook.main.version), "asOf": .string(asOf.description), "currency": "CNY",
      "subjects": .integer(subjects), "settings": .array(settings.map(\.json)),
      "recomputed": [
        "schemes": .strings(result.changed.compactMap(\.scheme)), "subjects": .integer(recomputedRows),
      ],
      "interpreted": ["base": .integer(interpreted.base), "variant": .integer(interpreted.variant)],
      "beyond": ["base": .integer(beyond.base), "variant": .integer(beyond.variant)],
      "unplanned": .array(
        unplanned.map { ["scheme": .string($0.scheme), "reason": .string($0.why.text(in: language))] }),
      "leftOut": .strings(leftOut),
      "dimension": result.dimension.name.isEmpty ? .null : .string(result.dimension.name),
      "total": result.total.json(by: result.dimension, in: language),
      "schemes": .array(result.schemes.map { $0.json(by: result.dimension, in: language) }),
      "sweep": sweep?.json ?? .null,
    ]
  }
}

extension SimulationAnswer.Setting {
  fileprivate var json: JSONValue {
    ["name": .string(parameter), "id": .string(id), "value": .string(value), "base": .optional(base)]
  }
}

extension SimulationResult.Part {
  fileprivate func json(by dimension: Dimension, in language: Language) -> JSONValue {
    let groups =
      dimension.name.isEmpty
      ? []
      : zip(dimension.groups, groups).map { group, line -> JSONValue in
        .object([.init("group", .string(group.text(in: language)))] + line.members)
      }
    return .object([.init("scheme", .optional(scheme))] + whole.members + [.init("groups", .array(groups))])
  }
}

extension SimulationResult.Line {
  fileprivate var members: [JSONValue.Member] {
    [
      .init("base", base.json), .init("variant", variant.json), .init("winners", .integer(winners)),
      .init("losers", .integer(losers)), .init("gained", .string(gained.amountText)),
      .init("lost", .string(lost.amountText)), .init("cost", .string(cost.amountText)),
    ]
  }
}

extension SimulationResult.Figures {
  fileprivate var json: JSONValue {
    let verdicts: [Verdict] = [.met, .review, .undetermined, .unmet, .notApplicable]
    let counts = verdicts.map { verdict in
      JSONValue.Member(
        verdict == .notApplicable ? "notApplicable" : verdict.rawValue, .integer(count(verdict)))
    }
    return .object(counts + [.init("amount", .string(amount.amountText))])
  }
}

extension SimulationSweep {
  fileprivate var json: JSONValue {
    [
      "name": .string(parameter.name), "id": .string(parameter.id), "unit": .optional(parameter.type.unit?.base.symbol),
      "points": .array(
        points.map { point in
          [
            "value": .string(point.value.description), "beneficiaries": .integer(point.total.variant.beneficiaries),
            "amount": .string(point.total.variant.amount.amountText), "cost": .string(point.total.cost.amountText),
            "schemes": .array(
              point.schemes.sorted { $0.key < $1.key }.map { name, line in
                [
                  "scheme": .string(name), "beneficiaries": .integer(line.variant.beneficiaries),
                  "amount": .string(line.variant.amount.amountText),
                ]
              }),
          ]
        }),
    ]
  }
}
