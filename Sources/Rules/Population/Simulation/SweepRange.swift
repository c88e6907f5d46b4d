public import Diagnostics
public import FEEL
public import Policy

/// The values of a sweep as typed: `rate=10..30/5 %`.
public struct SweepRange: Sendable {
  public let parameter: Parameter
  /// In the base unit, ascending.
  public let values: [Decimal128]

  /// Figures are in the base unit, or in the units that stand beside them; one at the end holds for all without one.
  /// - Throws: `simulation.sweep.form`, `simulation.sweep.kind`, `simulation.sweep.many`, and what `Rulebook.overrides` throws.
  public init(_ text: String, of rulebook: Rulebook) throws(Diagnostic) {
    let place = SourcePlace(file: "sweep")
    func refusal() -> Diagnostic {
      let id = rulebook.parameters.first { $0.scale != nil }?.id ?? "rate"
      return Diagnostic(
        "simulation.sweep.form", at: place, ["text": String(text.prefix(100)), "example": "\(id)=1..5/1"])
    }
    let halves = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard halves.count == 2, let dots = halves[1].firstRange(of: ".."), let slash = halves[1].lastIndex(of: "/"),
      dots.upperBound < slash
    else { throw refusal() }
    let texts = [halves[1][..<dots.lowerBound], halves[1][dots.upperBound..<slash], halves[1][slash...].dropFirst()]
    let quantities = texts.compactMap { Quantity(String($0)) }
    guard quantities.count == texts.count else { throw refusal() }
    let last = quantities[2].unit
    let parameter = try Self.parameter(halves[0], of: rulebook)
    guard parameter.type.kind == .number, parameter.choices.isEmpty else {
      throw Diagnostic("simulation.sweep.kind", at: place, ["name": parameter.name])
    }
    let units = quantities.map { $0.unit ?? last }
    guard units.allSatisfy({ $0 == nil || $0?.dimension == parameter.type.unit?.dimension }) else { throw refusal() }
    let figures = zip(quantities, units).compactMap { quantity, unit in
      unit.map { quantity.number * $0.factor } ?? quantity.number
    }
    guard figures.count == texts.count else { throw refusal() }
    self.parameter = parameter
    values = Self.values(from: figures[0], to: figures[1], by: figures[2], most: Simulation.mostPoints)
    guard !values.isEmpty else {
      throw Diagnostic("simulation.sweep.many", at: place, ["limit": String(Simulation.mostPoints)])
    }
    for value in [values.first, values.last].compactMap(\.self) {
      _ = try rulebook.overrides([parameter.name: value.description])
    }
  }

  /// - Parameter text: a name or an id; an unknown one is refused as in an override.
  private static func parameter(_ text: String, of rulebook: Rulebook) throws(Diagnostic) -> Parameter {
    if let parameter = rulebook.parameters.first(where: { $0.name == text || $0.id == text }) { return parameter }
    _ = try rulebook.overrides([text: ""])
    throw Diagnostic("simulation.sweep.kind", at: SourcePlace(file: "sweep"), ["name": text])
  }

  /// From the first on in even steps, none above the last.
  /// - Returns: nothing for no step, for an empty stretch, and for more than `most` values.
  public static func values(from: Decimal128, to: Decimal128, by step: Decimal128, most: Int) -> [Decimal128] {
    guard step > .zero else { return [] }
    var values: [Decimal128] = []
    var next: Decimal128? = from
    while let value = next, value <= to {
      guard values.count < most else { return [] }
      values.append(value)
      next = value + step
      if next == value { return [] }
    }
    return values
  }
}
