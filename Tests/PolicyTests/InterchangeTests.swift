import DMN
import Diagnostics
import FEEL
import Foundation
import TestKit
import Testing

@testable import Policy

@Suite("Packs as DMN models")
struct InterchangeTests {
  @Test("written out and read back, a pack decides every example as before", arguments: ProjectPacks.names)
  func everyExample(name: String) throws {
    let rulebook = try ProjectPacks.rulebook(name)
    var models: [[Bool]: LinkedModel] = [:]
    var compared = 0
    for example in rulebook.examples where example.citation.pack == name {
      let asOf = try #require(rulebook.asOf(of: example))
      let versions = rulebook.versionsInForce(on: asOf)
      let model = try models[versions] ?? linked(rulebook.decisionModel(governedBy: asOf))
      models[versions] = model
      let comparison = Comparison(rulebook: rulebook, example: example, asOf: asOf, model: model)
      compared += try comparison.run()
    }
    #expect(compared > 100)
  }

  @Test(
    "written out, a pack is valid by the schema of DMN 1.5", .enabled(if: schema != nil), arguments: ProjectPacks.names)
  func valid(name: String) throws {
    let rulebook = try ProjectPacks.rulebook(name)
    let date = try #require(CalendarDate("2026-06-01"))
    let xml = rulebook.decisionModel(governedBy: date).xml
    let path = try #require(schema)
    let schema = try #require(XMLSchema(path: path))
    #expect(schema.problems(in: xml).prefix(5) == [])
  }

  private func linked(_ model: DecisionModel) throws -> LinkedModel {
    let files = ModelFiles(reading: [ModelFile(name: "pack.dmn", bytes: Array(model.xml.utf8))])
    #expect(files.diagnostics == [])
    let linked = try #require(files.linked(file: "pack.dmn"))
    #expect(linked.diagnostics.filter { $0.code != "dmn.decision.empty" } == [])
    return linked
  }
}

extension Rulebook {
  /// What tells the models of two days apart.
  fileprivate func versionsInForce(on date: CalendarDate) -> [Bool] {
    (allDecisions.map(\.inForce) + parameters.map(\.inForce) + schemes.map(\.inForce)).map { $0.contains(date) }
  }
}

/// The schema of DMN 1.5, when the kit lies beside the checkout.
private let schema: String? = {
  let path = Checkout.root.deletingLastPathComponent().appendingPathComponent("shared/tck/DMN15.xsd").path
  if FileManager.default.fileExists(atPath: path) { return path }
  print("!! NO SCHEMA OF DMN 1.5 at \(path): exported packs were not validated")
  return nil
}()

/// One example, decided by the rulebook and by the model made of it.
private struct Comparison {
  let rulebook: Rulebook
  let example: Example
  let asOf: CalendarDate
  let model: LinkedModel

  /// - Returns: how many values were compared.
  func run() throws -> Int {
    let (facts, problems) = rulebook.facts(of: example)
    #expect(problems == [])
    var overrides: [String: Value] = [:]
    for override in rulebook.overrides(of: example) {
      overrides.merge(try rulebook.overrides([override.parameter: override.value])) { $1 }
    }
    let session = Session(rulebook, facts: facts, asOf: asOf, overrides: overrides, detail: .none)
    var compared = 0
    for expectation in example.expectations {
      guard let target = expectation.target else { continue }
      let about =
        rulebook.versions(ofDecision: target).first?.about ?? rulebook.schemes.first { $0.name == target }?.about
      var subject: FactRecord?
      if let about, let key = expectation.subject, let type = rulebook.dictionary[about] {
        guard let row = facts.record(about, key: key) else { continue }
        subject = session.record(type, row, depth: 0)
      }
      compared += compare(session, subject, target, overrides)
    }
    return compared
  }

  private func compare(
    _ session: Session, _ subject: FactRecord?, _ target: String, _ overrides: [String: Value]
  ) -> Int {
    var inputs: [ElementName: Value] = [ElementName(ModelExport.asOf): .date(asOf)]
    for (name, value) in overrides { inputs[ElementName(name)] = value }
    if let subject { inputs[ElementName(subject.type.name)] = .context(Context(subject)) }
    let decisions = rulebook.allDecisions.filter {
      $0.name == target && !$0.isFunction && $0.inForce.contains(asOf)
    }
    let schemes = rulebook.schemes.filter { $0.name == target && $0.inForce.contains(asOf) }
    let names = decisions.map(\.name) + schemes.map(schemeName)
    guard !names.isEmpty else { return 0 }
    guard
      let results = try? model.evaluate(
        decisions: names.map { ElementName($0) }, inputs: inputs, options: session.options)
    else {
      Issue.record("\(names) are not in the model")
      return 0
    }
    for (decision, result) in zip(decisions, results) {
      let expected = session.result(of: decision, for: subject, governedBy: asOf).value
      expect(result.value, expected, decision.name, subject)
    }
    if let subject {
      for (scheme, result) in zip(schemes, results.dropFirst(decisions.count)) where scheme.datedBy == nil {
        compare(scheme, result.value, session, subject)
      }
    }
    return names.count
  }

  private func schemeName(_ scheme: Scheme) -> String {
    Keywords.shared.word(scheme.kind.rawValue, as: .construct) + " " + scheme.name
  }

  /// Conditions and amount, each by itself.
  private func compare(_ scheme: Scheme, _ value: Value, _ session: Session, _ subject: FactRecord) {
    guard case .context(let context) = value else {
      Issue.record("\(scheme.name) gives no context but \(value.feelDescription)")
      return
    }
    let scope = SubjectScope(session: session, subject: subject, governedBy: asOf)
    let labels = ModelExport.Labels(avoiding: Set(scheme.expressions.flatMap(\.nameUses).map(\.name)))
    if case .list(let rows)? = context[labels.eligible] {
      #expect(rows.count == scheme.conditions.count)
      for (condition, row) in zip(scheme.conditions, rows) {
        guard case .context(let row) = row else { continue }
        let expected = condition.test.evaluate(in: scope, options: session.options).value
        expect(row[labels.test] ?? .null(), expected, "\(scheme.name) \(condition.name)", subject)
      }
    }
    if let amount = scheme.amount {
      let expected = amount.evaluate(in: scope, options: session.options).value
      expect(context[labels.amount] ?? .null(), expected, "\(scheme.name) amount", subject)
    }
  }

  private func expect(_ value: Value, _ expected: Value, _ name: String, _ subject: FactRecord?) {
    let isSame =
      value.isEqual(to: expected) == true || value.feelDescription == expected.feelDescription
    if !isSame {
      Issue.record(
        "\(example.name) \(subject?.row.key ?? "") \(name): \(value.feelDescription), not \(expected.feelDescription)")
    }
  }
}
