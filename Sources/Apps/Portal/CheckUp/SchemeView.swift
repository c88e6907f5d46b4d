import Diagnostics
import FEEL
import Policy

/// One scheme of a result: a line with mark, word and amount that opens to its clause, conditions and trace.
struct SchemeView {
  let outcome: SchemeOutcome
  let id: String
  let checkUp: CheckUp
  let words: Words
  let opensAll: Bool

  private var scheme: Scheme { outcome.scheme }

  func view(asking missing: inout MissingView) -> View {
    let asked = missing.view(of: outcome, in: id)
    let suggested = self.suggested
    return outcome.verdict.view(words).merging([
      "id": id, "open": opensAll || missing.hasProblem(in: id), "name": scheme.name,
      "kind": words("construct.\(scheme.kind.rawValue)"), "why": why,
      "amount": outcome.amount.map(FigureText.amount), "clause": scheme.citation.view,
      "missing": asked, "outcomes": outcome.outcomes.prefix(50).map(view),
      "suggested": suggested.isEmpty ? nil : ["uses": suggested.map(view)] as View,
    ])
  }

  /// The reasons; without one, what is missing or what it rests on.
  private var why: [View] {
    if !outcome.reasons.isEmpty { return outcome.reasons.map { $0.view(in: words.language) } }
    switch outcome.verdict {
    case .undetermined where !outcome.missing.isEmpty, .review where !outcome.missing.isEmpty:
      return [["text": words("result.missing-count", ["count": String(outcome.missing.count)])]]
    case .met where !suggested.isEmpty: return [["text": words("result.suggested")]]
    default: return []
    }
  }

  private var suggested: [ParameterUse] {
    var seen: Set<String> = []
    return outcome.outcomes.flatMap(\.suggested).filter { seen.insert($0.id).inserted }
  }

  private func view(_ use: ParameterUse) -> View {
    ["text": words("pack-pair", ["name": use.name, "value": use.value]), "note": use.note]
  }

  // MARK: one record

  private func view(_ one: Outcome) -> View {
    var trace = TraceView(words: words, subject: one.subject, clause: scheme.citation)
    let isAlone = one.subject == checkUp.enterprise
    let conditions = one.conditions.map { condition($0, &trace) }
    var view: View = [
      "governed": one.governedBy == checkUp.asOf
        ? nil : words("result.governed", ["date": FigureText(words: words).date(one.governedBy)]),
      "conditions": conditions.isEmpty ? nil : ["rows": conditions] as View,
      "warnings": one.warnings.map { ["text": $0.problem(in: words.language)] as View },
    ]
    if !one.trace.isEmpty { view["working"] = ["open": opensAll, "trace": trace.views(one.trace)] as View }
    if !isAlone { view["heading"] = heading(one) }
    return view
  }

  private func heading(_ one: Outcome) -> View {
    one.verdict.view(words).merging([
      "text": one.subject.isNew ? one.subject.shown(words) : "\(one.subject.type) \(one.subject.display)",
      "amount": one.amount.map(FigureText.amount),
      "why": one.reason.map { $0.view(in: words.language) },
    ])
  }

  private static let marks: [ConditionResult.State: String] = [
    .holds: "verdict.met.mark", .fails: "verdict.unmet.mark", .open: "verdict.undetermined.mark",
  ]

  private func condition(_ condition: ConditionResult, _ trace: inout TraceView) -> View {
    [
      "class": condition.state.rawValue, "open": opensAll, "conditionName": condition.name, "test": condition.source,
      "mark": Catalogue.shared.text(Self.marks[condition.state] ?? "", in: words.language),
      "word": words("result.condition.\(condition.state.rawValue)"),
      "otherwise": condition.state == .fails ? condition.otherwise : nil, "hasTrace": !condition.trace.isEmpty,
      "trace": trace.views(condition.trace),
    ]
  }
}

extension Reason {
  func view(in language: Language) -> View {
    if case .pack(let text) = self { return ["text": text, "pack": true] }
    return ["text": text(in: language)]
  }
}

extension Citation {
  var view: View {
    ["href": Anchor.href(self), "text": [documentTitle, clause, heading].compactMap { $0 }.joined(separator: " ")]
  }
}

extension RecordReference {
  /// A row of the form that was given no key.
  var isNew: Bool { display == key && key.hasPrefix(FactName.newRow) }

  /// The name to show; a row of the form is called by its number.
  func shown(_ words: Words) -> String {
    if key == FactName.subject, display == key { return words("form.anonymous") }
    guard isNew else { return display }
    return words("form.row", ["number": String(key.dropFirst(FactName.newRow.count)), "record": type])
  }
}
