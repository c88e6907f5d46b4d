import API
import Diagnostics
import FEEL
import HTTPTypes
import Policy
import Population

/// The page of simulations: the form with its sliders, the figures, and the curve of the slider at hand.
struct SimulationView {
  let form: SimulationForm
  let answer: SimulationAnswer?

  var words: Words { form.words }
  var region: Region { form.region }

  private var action: String { "/simulate/\(PercentCoding.encode(region.id))" }

  var page: Page {
    let fields = form.parameters.compactMap(field)
    let sliders = fields.filter { $0["number"] != nil }, readings = fields.filter { $0["number"] == nil }
    // A reading that was chosen, or is in error, is in sight.
    let isMoved = form.parameters.contains { parameter in
      let isSlider = parameter.scale?.options.isEmpty == true
      return !isSlider && form.fields[SimulationForm.name(of: parameter)].map { $0 != parameter.valueSource } == true
    }
    let simulation: View = [
      "action": action, "meta": meta, "caveat": words(region.isSynthetic ? "simulate.synthetic" : "simulate.real"),
      "schemes": SimulationForm.schemes(of: region.rulebook).map { name -> View in
        ["value": name, "text": name, "selected": name == form.scheme]
      },
      "dimensions": dimensions, "asOf": form.asOf.description, "asOfError": form.problems.text(at: "as-of"),
      "sliders": sliders,
      "readings": readings.isEmpty ? nil : ["open": isMoved || sliders.isEmpty, "fields": readings] as View,
      "noParameters": fields.isEmpty ? words("simulate.no-parameters") : nil,
      "reset": "\(action)?scheme=\(PercentCoding.encode(form.scheme ?? ""))"
        + "&by=\(PercentCoding.encode(form.dimension ?? ""))",
      "figures": figures, "curve": curve,
    ]
    var page = Page(
      template: "simulate", title: words("simulate.title"), view: ["simulation": simulation], section: .simulate)
    page.problems = form.problems
    if !page.problems.isEmpty { page.status = .unprocessableContent }
    return page
  }

  private var meta: [View] {
    let pack = region.rulebook.main
    return [
      ["term": words("result.pack"), "value": "\(pack.title) \(pack.version)", "pack": true],
      [
        "term": words("simulate.population"),
        "value": words("simulate.firms", ["count": FigureText.grouped(Decimal128(region.subjectCount))]),
      ],
      ["term": words("result.data"), "value": region.stamp(words)],
    ]
  }

  private var dimensions: [View] {
    let names = region.rulebook.dimensionNames
    return [("simulate.fields", names.fields), ("simulate.decisions", names.decisions)].compactMap { label, names in
      guard !names.isEmpty else { return nil }
      return [
        "label": words(label),
        "options": names.map { ["value": $0, "selected": $0 == form.dimension] as View },
      ]
    }
  }

  // MARK: sliders

  /// nil for kinds that are not moved here: dates, lists.
  private func field(_ parameter: Parameter) -> View? {
    let name = SimulationForm.name(of: parameter)
    var view: View = [
      "id": name, "name": parameter.name, "hint": hint(parameter), "link": Anchor.href(parameter.citation),
      "clause": parameter.citation.clause ?? parameter.citation.heading, "error": form.problems.text(at: name),
    ]
    let given = form.fields[name]
    if let scale = parameter.scale, scale.options.isEmpty {
      let value = given ?? scale.value?.description ?? ""
      view["number"] =
        [
          "id": name, "low": scale.low.description, "high": scale.high.description, "step": scale.step.description,
          "value": value, "at": (Decimal128(value) ?? scale.value ?? scale.low).description,
          "base": scale.value?.description ?? "", "unit": scale.unit?.symbol,
          "rangeLabel": words("simulate.range", ["name": parameter.name]),
        ] as View
      return view
    }
    let options = parameter.scale?.options.map(\.description) ?? parameter.choices
    guard !options.isEmpty else { return nil }
    let chosen = given ?? parameter.scale?.value?.description ?? parameter.valueSource
    view["choice"] =
      ["id": name, "options": options.map { ["value": $0, "selected": $0 == chosen] as View }] as View
    return view
  }

  private func hint(_ parameter: Parameter) -> String {
    let now = parameter.valueSource.map { words("simulate.now", ["value": $0]) } ?? words("parameter.undetermined")
    let bounds = parameter.boundsSource.map { words("result.reading-bounds", ["bounds": $0]) }
    return words.joined([now, bounds].compactMap(\.self))
  }

  // MARK: parts

  var figures: View? { answer.map { SimulationFigures(form: form, answer: $0).view } }

  var curve: View? {
    guard let answer, let sweep = answer.sweep else { return nil }
    return SimulationCurve(form: form, sweep: sweep).view
  }
}

extension Region {
  /// The address of the same simulation as data.
  func simulationAddress(_ form: SimulationForm) -> String {
    let settings = form.settings.sorted { $0.key < $1.key }
      .map { "&set.\(PercentCoding.encode($0.key))=\(PercentCoding.encode($0.value))" }
    let by = form.dimension.map { "&by=\(PercentCoding.encode($0))" } ?? ""
    return "\(API.prefix)/packs/\(PercentCoding.encode(id))/simulation?as-of=\(form.asOf)\(by)\(settings.joined())"
  }
}
