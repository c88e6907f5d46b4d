public import Diagnostics

extension DecisionTable {
  /// What is wrong with the form of the table (DMN 1.5 §8.2): cells and columns, hit policy and aggregation.
  public var problems: [Diagnostic] {
    var problems: [Diagnostic] = []
    func report(_ code: String, _ arguments: [String: String] = [:], at place: SourcePlace) {
      problems.append(Diagnostic(code, at: place, arguments))
    }
    if outputs.isEmpty { report("dmn.table.noOutput", at: place) }
    if let aggregation, hitPolicy != .collect {
      let arguments = ["policy": hitPolicy.rawValue, "aggregation": aggregation.rawValue]
      report("dmn.table.aggregationWithout", arguments, at: place)
    }
    if let aggregation, outputs.count > 1 {
      report("dmn.table.aggregationOfSeveral", ["aggregation": aggregation.rawValue], at: place)
    }
    if [.priority, .outputOrder].contains(hitPolicy), outputs.allSatisfy({ $0.allowed == nil && $0.type == nil }) {
      report("dmn.table.noPriorities", ["policy": hitPolicy.rawValue], at: place)
    }
    let names = outputs.map { $0.name ?? "" }
    if names.count > 1, names.contains("") || Set(names).count < names.count {
      report("dmn.table.outputNames", at: place)
    }
    for (number, rule) in rules.enumerated()
    where rule.inputs.count != inputs.count || rule.outputs.count != outputs.count {
      let given = "\(rule.inputs.count)+\(rule.outputs.count)"
      let expected = "\(inputs.count)+\(outputs.count)"
      report("dmn.table.cells", ["rule": String(number + 1), "given": given, "expected": expected], at: rule.place)
    }
    return problems
  }
}
