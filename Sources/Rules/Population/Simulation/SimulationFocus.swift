public import FEEL
import Policy

/// What a simulation keeps while some parameters are being moved: all that does not rest on them has been worked out, so that a
/// step of a slider computes only what it touches.
public struct SimulationFocus: Sendable {
  /// The schemes that the parameters may touch, without those that have no plan.
  public let schemes: Set<String>
  private let parameters: Set<String>
  private let plan: ResidualPlan
  private let memory = ResultMemory()

  fileprivate init(_ plan: ResidualPlan, on parameters: Set<String>) {
    self.plan = plan
    self.parameters = parameters
    schemes = Set(plan.targets.map(\.name))
  }

  /// Whether what is set can be worked out from what is kept.
  public func covers(_ overrides: [String: Value], in simulation: Simulation) -> Bool {
    parameters.isSuperset(of: overrides.keys) && plan.allows(values(overrides, simulation))
  }

  /// - Returns: nil where a value lies beyond what the focus was made for.
  func results(_ overrides: [String: Value], in simulation: Simulation) -> PopulationResults? {
    guard parameters.isSuperset(of: overrides.keys) else { return nil }
    return plan.results(values(overrides, simulation), threads: simulation.threads, in: memory)
  }

  private func values(_ overrides: [String: Value], _ simulation: Simulation) -> [String: Value] {
    Dictionary(parameters.map { ($0, overrides[$0] ?? simulation.given($0)) }) { first, _ in first }
  }
}

extension Simulation {
  /// Works out what does not rest on some parameters.
  /// - Parameters:
  ///   - parameters: with the values that they take beside those of the base and of their own scale.
  /// - Returns: nil where a parameter cannot be moved within bounds, and where a scheme that has a plan for the base has none so.
  public func focus(on parameters: [String: [Value]]) -> SimulationFocus? {
    let schemes = rulebook.schemes(restingOn: Set(parameters.keys)).intersection(planned)
    let plan = ResidualPlan(
      rulebook, over: population, asOf: asOf, overrides: overrides,
      moving: Dictionary(parameters.map { ($0, $1 + [given($0)]) }) { first, _ in first },
      targets: planned.filter(schemes.contains).map { .scheme($0) }, threads: threads)
    return plan.map { SimulationFocus($0, on: Set(parameters.keys)) }
  }
}
