public import FEEL
public import Policy

/// One parameter tried out at several values.
public struct SimulationSweep: Sendable {
  public struct Point: Sendable {
    /// In the base unit.
    public var value: Decimal128
    /// All schemes together.
    public var total: SimulationResult.Line
    /// Those that the parameter may change.
    public var schemes: [String: SimulationResult.Line]
  }

  public var parameter: Parameter
  public var points: [Point]
}

extension Simulation {
  /// The most values of a sweep.
  public static let mostPoints = 200

  /// - Parameters:
  ///   - values: in the base unit.
  ///   - overrides: the other parameters that are set.
  ///   - rulebook: other rules, when they are tried out too.
  public func sweep(
    _ parameter: Parameter, over values: [Decimal128], overrides: [String: Value] = [:], rulebook: Rulebook? = nil,
    grouping: SimulationGrouping, focus: SimulationFocus? = nil
  ) -> SimulationSweep {
    let points = values.map { value in
      let set = overrides.merging([parameter.name: .number(value)]) { $1 }
      let result = grouping.compare(variant(Change(overrides: set, rulebook: rulebook), focus: focus))
      let schemes = result.changed.compactMap { part in part.scheme.map { ($0, part.whole) } }
      return SimulationSweep.Point(
        value: value, total: result.total.whole, schemes: Dictionary(schemes) { first, _ in first })
    }
    return SimulationSweep(parameter: parameter, points: points)
  }
}
