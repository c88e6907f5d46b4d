import DMN
import Diagnostics
import FEEL

/// Benefits and titles as decisions: whether they apply, each condition, whether a person decides, the amount, and what
/// these come to.
extension ModelExport {
  func element(of scheme: Scheme, named name: String) -> Decision {
    let uses = scheme.expressions.flatMap(\.nameUses)
    let needs = needs(of: uses, about: scheme.about)
    let labels = Labels(avoiding: Set(uses.map(\.name)))
    var entries: [BoxedContext.Entry] = []
    if let applies = scheme.applies { entries.append(.init(InformationItem(labels.applies), .literal(applies))) }
    entries.append(.init(InformationItem(labels.eligible), .relation(relation(scheme, labels))))
    if let review = scheme.review { entries.append(.init(InformationItem(labels.review), .literal(review))) }
    if let amount = scheme.amount { entries.append(.init(InformationItem(labels.amount), .literal(amount))) }
    entries.append(.init(InformationItem(labels.verdict, type: "string"), feel(verdict(scheme, labels))))
    return Decision(
      id: id(scheme.kind.rawValue, scheme.name), variable: InformationItem(name),
      documentation: documentation(scheme.citation, scheme.note), requirements: requirements(needs, scheme.citation),
      expression: bound(.context(BoxedContext(entries)), needs), place: scheme.place)
  }

  /// The names of the result's entries: the keywords of a pack, marked where an expression reads such a name.
  struct Labels {
    var applies, eligible, test, otherwise, review, amount, verdict: String

    init(avoiding names: Set<String>) {
      func label(_ word: String) -> String { names.contains(word) ? word + "_" : word }
      let keywords = Keywords.shared
      applies = label(keywords.word("applies", as: .field))
      eligible = label(keywords.word("eligible", as: .column))
      test = label(keywords.word("test", as: .column))
      otherwise = label(keywords.word("otherwise", as: .column))
      review = label(keywords.word("review", as: .field))
      amount = label(keywords.word("amount", as: .field))
      verdict = label(keywords.word("verdict", as: .column))
    }
  }

  private func relation(_ scheme: Scheme, _ labels: Labels) -> Relation {
    let columns = [
      InformationItem(labels.eligible, type: "string"), InformationItem(labels.test, type: "boolean"),
      InformationItem(labels.otherwise, type: "string"),
    ]
    let rows = scheme.conditions.map { condition in
      [
        literal(.string(condition.name)), .literal(condition.test),
        literal(.string(condition.otherwise ?? condition.name)),
      ]
    }
    return Relation(columns: columns, rows: rows)
  }

  /// The order of ``SchemeEvaluation``: not applicable, unmet, undetermined, needs review, met.
  private func verdict(_ scheme: Scheme, _ labels: Labels) -> String {
    func word(_ verdict: Verdict) -> String {
      Value.string(Catalogue.shared.text("verdict.\(verdict.rawValue)", in: .chinese)).feelLiteral ?? "null"
    }
    let tests = "\(labels.eligible).\(labels.test)"
    var known = ["all(\(tests))"]
    if scheme.applies != nil { known.append(labels.applies) }
    if scheme.amount != nil { known.append("\(labels.amount) != null") }
    var text = "if all(\(tests)) = false then \(word(.unmet)) "
    if scheme.applies != nil { text = "if \(labels.applies) = false then \(word(.notApplicable)) else " + text }
    text += "else if (\(known.joined(separator: " and "))) != true then \(word(.undetermined)) "
    if scheme.review != nil { text += "else if \(labels.review) != false then \(word(.review)) " }
    return text + "else \(word(.met))"
  }
}
