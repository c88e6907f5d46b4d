import Diagnostics
import FEEL
import JSON
import Policy
import Population

/// How the schemes and decisions of a pack would be computed for a whole population.
struct PlanReport {
  private let plan: PopulationPlan

  /// nil when the dictionary has no subject type.
  init?(_ rulebook: Rulebook) {
    guard let subject = rulebook.subjectType else { return nil }
    let today = DateTime.present().date
    let population = Population(assumedBy: rulebook.dictionary, years: today.year - 12...today.year)
    var seen: Set<String> = []
    let decisions = rulebook.allDecisions.filter { decision in
      !decision.isFunction && decision.about == subject.name && seen.insert(decision.name).inserted
    }
    let schemes = rulebook.schemes.filter { seen.insert("scheme " + $0.name).inserted }.map {
      PopulationPlan.Target.scheme($0.name)
    }
    plan = PopulationPlan(
      rulebook, over: population, asOf: today, targets: schemes + decisions.map { .decision($0.name) })
  }

  private var interpreted: [(name: String, why: Unsupported)] {
    plan.entries.compactMap { entry in entry.unsupported.map { (entry.target.name, $0) } }
  }

  func write(to console: Console) {
    let summary = plan.summary, interpreted = interpreted
    console.print(
      console.text(
        "cli.plan.title",
        ["compiled": String(plan.entries.count - interpreted.count), "interpreted": String(interpreted.count)]))
    console.print(
      "  "
        + console.text(
          "cli.plan.cost",
          [
            "rows": String(summary.blockRows), "steps": String(summary.steps), "bytes": String(summary.bytesPerRow),
          ]))
    guard !interpreted.isEmpty else { return }
    console.print("  " + console.text("cli.plan.interpreted"))
    var columns = TextColumns(.left, .left)
    for (name, why) in interpreted { columns.add(name, why.text(in: console.language)) }
    for line in columns.lines(indent: 4) { console.print(line) }
  }

  func json(in language: Language) -> JSONValue {
    let summary = plan.summary
    return [
      "targets": .integer(plan.entries.count), "steps": .integer(summary.steps),
      "bytesPerRow": .integer(summary.bytesPerRow), "blockRows": .integer(summary.blockRows),
      "interpreted": .array(
        interpreted.map { ["name": .string($0.name), "reason": .string($0.why.text(in: language))] }),
    ]
  }
}
