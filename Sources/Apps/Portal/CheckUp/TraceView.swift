import Diagnostics
import FEEL
import Policy

/// The tree from an outcome to the facts, for readers. Very long trees are cut; the API gives them whole.
struct TraceView {
  let words: Words
  /// The record the outcome is about; its name is not repeated.
  let subject: RecordReference
  /// The clause of the scheme; it is not repeated either.
  let clause: Citation
  /// Decisions whose working stands further up already.
  private var shown: Set<String> = []

  init(words: Words, subject: RecordReference, clause: Citation) {
    self.words = words
    self.subject = subject
    self.clause = clause
  }

  private static let maximumDepth = 12
  private static let maximumNodes = 40

  mutating func views(_ nodes: [TraceNode]) -> [View] { views(nodes.prefix(Self.maximumNodes), depth: 1) }

  private mutating func views(_ nodes: ArraySlice<TraceNode>, depth: Int) -> [View] {
    var views: [View] = []
    for node in nodes { views.append(view(node, depth: depth)) }
    return views
  }

  private mutating func view(_ node: TraceNode, depth: Int) -> View {
    let isRepeated = !shown.insert("\(node.kind) \(node.name) \(node.subject?.key ?? "")").inserted
    if isRepeated, !node.children.isEmpty || !node.rules.isEmpty {
      return line(node).merging(["more": words("result.shown-above")])
    }
    let children = depth < Self.maximumDepth ? node.children.prefix(Self.maximumNodes) : []
    let cut = node.children.count - children.count
    return line(node).merging([
      "rules": node.rules.isEmpty ? nil : ["rows": node.rules.map { rule($0, of: node) }] as View,
      "hasChildren": !children.isEmpty, "children": views(children, depth: depth + 1),
      "more": cut > 0 ? words("result.more", ["count": String(cut)]) : nil,
    ])
  }

  /// One line: what, whose, how much, by which clause, from where.
  private func line(_ node: TraceNode) -> View {
    return [
      "class": node.kind.rawValue, "kind": words("kind.\(node.kind.rawValue)"), "subject": owner(of: node),
      "name": node.name, "value": value(of: node), "pack": true, "state": state(of: node), "origin": origin(of: node),
      "clause": node.citation.flatMap { $0 == clause ? nil : $0.short }, "hasChildren": false, "children": [View](),
    ]
  }

  private func owner(of node: TraceNode) -> String? {
    guard let owner = node.subject, owner != subject else { return nil }
    return "\(owner.shown(words)) · "
  }

  private func value(of node: TraceNode) -> String {
    FigureText(words: words).value(node.value, unit: node.unit)
  }

  private func state(of node: TraceNode) -> View? {
    if node.kind == .parameter, let origin = node.origin, Self.parameterStates.contains(origin) {
      return ["class": origin, "word": words("parameter.\(origin)")]
    }
    return node.isOpen ? ["class": "open", "word": words("result.unknown")] : nil
  }

  private static let parameterStates: Set = ["fixed", "suggested", "undetermined", "overridden"]

  /// Where a fact comes from: a file and row, or the form just sent.
  private func origin(of node: TraceNode) -> String? {
    guard node.kind == .fact, !node.isOpen, let place = node.place else { return nil }
    return place.file.hasPrefix("f.") ? words("result.entered") : words("result.source", place.shown)
  }

  private static let marks: [RuleTrace.State: String] = [
    .fired: "verdict.met.mark", .failed: "verdict.unmet.mark", .open: "verdict.undetermined.mark",
  ]

  private func rule(_ rule: RuleTrace, of node: TraceNode) -> View {
    [
      "class": rule.state.rawValue, "label": words("decision.rule-label", ["label": rule.label]),
      "mark": Catalogue.shared.text(Self.marks[rule.state] ?? "", in: words.language),
      "word": words("result.rule.\(rule.state.rawValue)"), "why": why(rule),
      "annotation": rule.state == .fired && !rule.annotations.isEmpty ? words.packList(rule.annotations) : nil,
    ]
  }

  private func why(_ rule: RuleTrace) -> String? {
    guard rule.state != .fired else { return nil }
    guard let input = rule.failedInput, let test = rule.failedTest else { return words("result.rule-earlier") }
    var arguments = ["input": input, "test": test]
    if rule.state == .open { return words("result.rule-open", arguments) }
    arguments["value"] = rule.failedValue.map { text in Decimal128(text).map { FigureText.grouped($0) } ?? text } ?? ""
    return words("result.rule-failed", arguments)
  }
}

extension SourcePlace {
  /// File and line for readers; where the folder stands is nobody's business.
  fileprivate var shown: [String: String] {
    ["file": file.split(separator: "/").last.map(String.init) ?? file, "line": String(line)]
  }
}

extension Citation {
  /// The clause alone, for a line of a trace.
  var short: View { ["href": Anchor.href(self), "text": clause ?? heading] }
}
