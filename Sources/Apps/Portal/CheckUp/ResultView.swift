import API
import Diagnostics
import FEEL
import HTTPTypes
import Policy

/// The result of a check-up as a page: the total, then every scheme by verdict, then the readings used.
struct ResultView {
  private(set) var submission: Submission
  private var checkUp: CheckUp?

  private var region: Region { submission.region }
  private var words: Words { submission.words }
  private var fields: FormFields { submission.fields }

  init(submission: Submission) {
    self.submission = submission
    guard submission.hasDate else { return }
    do {
      checkUp = try submission.region.rulebook.checkUp(
        of: submission.key, facts: submission.facts, asOf: submission.asOf, parameters: submission.settings)
    } catch {
      self.submission.report(error, at: error.code.hasPrefix("policy.as-of") ? "as-of" : nil)
    }
    if checkUp != nil, !self.submission.problems.isEmpty {
      self.submission.setAftermath(submission.words("error.not-counted"))
    }
  }

  var page: Page {
    var missing = MissingView(submission: submission)
    var groups: [View] = []
    if let checkUp { groups = self.groups(of: checkUp, asking: &missing) }
    let readings = ReadingsView(submission: submission, checkUp: checkUp)
    let shown = missing.askedNames.union(readings.names).union(["as-of", "open", "step", "lang", "q"])
    var view: View = [
      "pack": ["title": region.rulebook.main.title] as View, "action": action, "firm": firm,
      "asOf": fields["as-of"] ?? submission.asOf.description,
      "asOfError": submission.problems.text(at: "as-of"), "groups": groups, "readings": readings.view,
      "editable": submission.isForm, "editAction": action, "carried": carried(without: shown),
    ]
    if let checkUp { view["summary"] = summary(of: checkUp) }
    if let checkUp, !submission.isForm, submission.problems.isEmpty { view["json"] = jsonAddress(checkUp) }
    var page = Page(template: "result", title: title, view: view, section: .checkUp)
    page.problems = submission.problems
    if !page.problems.isEmpty { page.status = .unprocessableContent }
    return page
  }

  private var title: String { "\(firmName) \(words("result.kicker"))" }

  private var action: String {
    let path = "/check-up/\(PercentCoding.encode(region.id))"
    return submission.firm.map { "\(path)/firms/\(PercentCoding.encode($0))" } ?? "\(path)/form"
  }

  private var firmName: String {
    let type = region.rulebook.subjectType
    let row = type.flatMap { submission.facts.record($0.name, key: submission.key) }
    if let display = type?.display, case .value(.string(let name))? = row?[display] { return name }
    return submission.key == FactName.subject ? words("form.anonymous") : submission.key
  }

  private var firm: View {
    let figures = FigureText(words: words)
    let pack = region.rulebook.main
    let code: View? =
      submission.key == FactName.subject ? nil : ["term": words("result.code"), "value": submission.key]
    let rows: [View?] = [
      code, ["term": words("result.as-of"), "value": figures.date(submission.asOf)],
      ["term": words("result.pack"), "value": "\(pack.title) \(pack.version)", "pack": true],
      [
        "term": words("result.data"),
        "value": submission.isForm ? words("result.data-entered") : region.stamp(words),
      ],
    ]
    return ["name": firmName, "meta": rows.compactMap { $0 }]
  }

  private func summary(of checkUp: CheckUp) -> View {
    let tally = Verdict.shown.compactMap { verdict -> View? in
      let count = checkUp.schemes.filter { $0.verdict == verdict }.count
      guard count > 0 else { return nil }
      return verdict.view(words).merging(["count": String(count), "href": "#group-\(verdict.rawValue)"])
    }
    return [
      "total": FigureText.amount(checkUp.total), "tally": tally,
      "listed": words("result.listed", ["count": String(checkUp.schemes.count)]),
    ]
  }

  private func groups(of checkUp: CheckUp, asking missing: inout MissingView) -> [View] {
    let opensAll = fields["open"] == "1"
    let all = Array(checkUp.schemes.enumerated())
    let numbered = all.filter { $0.element.scheme.kind == .benefit } + all.filter { $0.element.scheme.kind == .title }
    var isFirst = true
    return Verdict.shown.compactMap { verdict in
      let members = numbered.filter { $0.element.verdict == verdict }
      guard !members.isEmpty else { return nil }
      var views: [View] = []
      for (number, outcome) in members {
        let scheme = SchemeView(
          outcome: outcome, id: "scheme-\(number + 1)", checkUp: checkUp, words: words, opensAll: opensAll)
        views.append(scheme.view(asking: &missing))
      }
      defer { isFirst = false }
      return verdict.view(words).merging([
        "isFirst": isFirst, "id": "group-\(verdict.rawValue)",
        "count": words("result.group-count", ["count": String(members.count)]),
        "schemes": views,
      ])
    }
  }

  /// What was sent and is not asked for again on this page.
  private func carried(without shown: Set<String>) -> [View] {
    let kept = fields.distinct.filter { field in
      !shown.contains(field.name) && ["f.", "n.", "set.", "rows."].contains { field.name.hasPrefix($0) }
    }
    return kept.map { ["name": $0.name, "value": $0.value] }
  }

  private func jsonAddress(_ checkUp: CheckUp) -> String? {
    guard fields.distinct.allSatisfy({ !$0.name.hasPrefix("f.") && !$0.name.hasPrefix("n.") }) else { return nil }
    let settings = submission.settings.sorted { $0.key < $1.key }
      .map { "&set.\(PercentCoding.encode($0.key))=\(PercentCoding.encode($0.value))" }
    let path = "/api/v1/packs/\(PercentCoding.encode(region.id))/check-ups/\(PercentCoding.encode(submission.key))"
    return "\(path)?as-of=\(checkUp.asOf)\(settings.joined())"
  }
}
