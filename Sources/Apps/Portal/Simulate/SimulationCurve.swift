import API
import Diagnostics
import FEEL
import Policy
import Population

/// What a parameter's values come to, as curves of the amount and of the firms that get it.
struct SimulationCurve {
  let form: SimulationForm
  let sweep: SimulationSweep

  private var words: Words { form.words }

  private struct Point {
    /// As the parameter is written.
    var value: Decimal128
    var beneficiaries: Decimal128
    var amount: Decimal128
  }

  private var unit: Unit? { sweep.parameter.scale?.unit }

  private var points: [Point] {
    sweep.points.map { point in
      let line = form.scheme.flatMap { point.schemes[$0] }
      let figures = line?.variant ?? unchanged(point)
      return Point(
        value: written(point.value), beneficiaries: Decimal128(figures.beneficiaries), amount: figures.amount)
    }
  }

  /// At its present value a parameter changes no scheme; what the scheme then comes to is the base of the other points.
  private func unchanged(_ point: SimulationSweep.Point) -> SimulationResult.Figures {
    guard let scheme = form.scheme else { return point.total.variant }
    return sweep.points.lazy.compactMap { $0.schemes[scheme]?.base }.first ?? point.total.variant
  }

  private func written(_ value: Decimal128) -> Decimal128 {
    guard let unit else { return value }
    return value.divided(by: unit.factor) ?? value
  }

  var view: View? {
    let points = points
    guard let first = points.first, let last = points.last, first.value < last.value else { return nil }
    let pays = points.contains { $0.amount > .zero }
    var charts = [chart("simulate.beneficiaries", points, { $0.beneficiaries }) { FigureText.grouped($0) }]
    if pays { charts.insert(chart("simulate.amount", points, { $0.amount }, FigureText.amount), at: 0) }
    return [
      "title": words("simulate.curve", ["name": sweep.parameter.name]), "parameter": sweep.parameter.name,
      "charts": charts,
      "rows": points.map { point -> View in
        [
          "value": text(point.value), "beneficiaries": FigureText.grouped(point.beneficiaries),
          "amount": FigureText.amount(point.amount),
        ]
      },
    ]
  }

  private func text(_ value: Decimal128) -> String { unit.map { "\(value) \($0.symbol)" } ?? value.description }

  private func chart(
    _ caption: String, _ points: [Point], _ measure: (Point) -> Decimal128, _ figure: (Decimal128) -> String
  ) -> View {
    let (low, high) = (points.first?.value ?? .zero, points.last?.value ?? .one)
    let most = points.map(measure).max() ?? .zero
    func x(_ value: Decimal128) -> String {
      SimulationFigures.share((value - low) ?? .zero, of: (high - low) ?? .one, width: 600)
    }
    let places = points.map { point -> String in
      let down = (most - measure(point)) ?? .zero
      // A little room above the highest point.
      let y = Decimal128(SimulationFigures.share(down, of: most, width: 190)).flatMap { $0 + 8 }
      return "\(x(point.value)),\(y ?? 198)"
    }
    let scale = sweep.parameter.scale
    let at = form.fields[SimulationForm.name(of: sweep.parameter)].flatMap { Decimal128($0) } ?? scale?.value
    return [
      "caption": words(caption), "high": figure(most), "low": figure(.zero), "from": text(low), "to": text(high),
      "label": words(
        "simulate.curve-label",
        [
          "name": sweep.parameter.name, "low": text(low), "high": text(high), "measure": words(caption),
          "first": figure(points.first.map(measure) ?? .zero), "last": figure(points.last.map(measure) ?? .zero),
        ]),
      "points": places.joined(separator: " "),
      "area": "M 0,200 L " + places.joined(separator: " L ") + " L 600,200 Z",
      "base": scale?.value.flatMap { within($0, low, high) ? x($0) : nil },
      "at": at.flatMap { within($0, low, high) ? x($0) : nil },
    ]
  }

  private func within(_ value: Decimal128, _ low: Decimal128, _ high: Decimal128) -> Bool {
    value >= low && value <= high
  }
}
