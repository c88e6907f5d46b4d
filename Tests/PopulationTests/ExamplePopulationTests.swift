import Diagnostics
import FEEL
import TestKit
import Testing

@testable import Policy
@testable import Population

/// Every example of every pack: what columns say of its firms is what the interpreter says.
@Suite("Examples by columns")
struct ExamplePopulationTests {
  @Test("agree with the interpreter", arguments: ["national", "chongqing", "karamay"])
  func examples(pack: String) throws {
    let rulebook = try Packs.rulebook(pack)
    let decisions = rulebook.decisionsAboutSubjects
    for (number, example) in rulebook.examples.enumerated() {
      guard let asOf = rulebook.asOf(of: example) else { continue }
      let (facts, _) = rulebook.facts(of: example)
      let parameters = Dictionary(
        rulebook.overrides(of: example).map { ($0.parameter, $0.value) }, uniquingKeysWith: { $1 })
      let overrides = try rulebook.overrides(parameters)
      // What the example speaks of; of each tenth, everything.
      let named = Set(example.expectations.compactMap(\.target))
      let isWhole = number.isMultiple(of: 10)
      let comparison = Comparison(
        rulebook, facts, asOf, overrides, decisions.filter { isWhole || named.contains($0) },
        schemes: isWhole ? nil : named)
      #expect(comparison.differences == [], "\(example.name) at \(example.place)")
    }
  }
}

enum Packs {
  static func source(_ name: String) throws -> PackSource {
    let files = Checkout.files(in: "packs/\(name)", endingIn: [".md", ".yaml"]).filter {
      !$0.contains("/demo/") && !$0.contains("/population/")
    }
    return PackSource(files: try files.map { PackSource.File(path: $0, text: try Checkout.text($0)) })
  }

  static func rulebook(_ name: String) throws -> Rulebook {
    let used = name == "national" ? [] : [try source("national")]
    return Rulebook.read(try source(name), using: used).0
  }
}

extension Rulebook {
  /// Names of the decisions about the subject type.
  var decisionsAboutSubjects: [String] {
    var seen: Set<String> = []
    return allDecisions.filter { !$0.isFunction && $0.about == subjectType?.name && seen.insert($0.name).inserted }.map(
      \.name)
  }
}

/// The two executions side by side.
struct Comparison {
  var differences: [String] = []
  var interpreted: [PopulationPlan.Entry] = []
  var computed = 0

  init(
    _ rulebook: Rulebook, _ facts: Facts, _ asOf: CalendarDate, _ overrides: [String: Value], _ decisions: [String],
    schemes: Set<String>? = nil
  ) {
    guard let subject = rulebook.subjectType, let table = facts[subject.name] else { return }
    let targets =
      rulebook.schemeVersions.map { $0[0].name }.filter { schemes?.contains($0) ?? true }
      .map { PopulationPlan.Target.scheme($0) } + decisions.map { .decision($0) }
    let plan = PopulationPlan(
      rulebook, over: Population(facts, dictionary: rulebook.dictionary), asOf: asOf, overrides: overrides,
      targets: targets)
    interpreted = plan.entries.filter { $0.unsupported != nil }
    var found: [String] = []
    var count = 0
    plan.forEach { row, isDoubtful, answer in
      guard !isDoubtful else { return }
      let key = table.rows[row].key
      let session = Session(rulebook, facts: facts, asOf: asOf, overrides: overrides, detail: .none)
      let record = session.record(subject, table.rows[row], depth: 0)
      let checkUp = try? rulebook.checkUp(of: key, in: session, only: schemes)
      for target in targets {
        guard let got = answer(target) else { continue }
        count += 1
        switch target {
        case .scheme(let name):
          guard let outcome = checkUp?.schemes.first(where: { $0.scheme.name == name }) else { continue }
          let amount = outcome.amount.map { Value.number($0) } ?? .null()
          if outcome.verdict != got.verdict || amount.isEqual(to: got.value) != true {
            found.append(
              "\(key) \(name): \(outcome.verdict) \(amount) / \(got.verdict.map { "\($0)" } ?? "–") \(got.value)")
          }
        case .decision(let name):
          let result = session.result(of: rulebook.versions(ofDecision: name), for: record, governedBy: asOf)
          if result.value.isEqual(to: got.value) != true || result.absences.isEmpty == got.isOpen {
            found.append("\(key) \(name): \(result.value) \(!result.absences.isEmpty) / \(got.value) \(got.isOpen)")
          }
        }
      }
    }
    differences = found
    computed = count
  }
}
