import API
import Diagnostics
import FEEL
import Policy
import Population

/// What the page of simulations was asked: scheme, parameters, grouping and day.
struct SimulationForm {
  let region: Region
  let scheme: String?
  let dimension: String?
  let parameters: [Parameter]
  /// Parameters that differ from the text, by id, as an override is typed.
  private(set) var settings: [String: String] = [:]
  /// What stands in the fields, by name.
  let fields: FormFields
  let asOf: CalendarDate
  private(set) var problems = Problems()
  let words: Words

  init(region: Region, fields: FormFields, today: CalendarDate, words: Words) {
    self.region = region
    self.fields = fields
    self.words = words
    let rulebook = region.rulebook
    let names = Self.schemes(of: rulebook)
    let scheme = fields["scheme"].flatMap { names.contains($0) ? $0 : nil } ?? Self.first(of: rulebook)
    self.scheme = scheme
    parameters = scheme.map { rulebook.parameters(of: [$0]) } ?? []
    let dimensions = rulebook.dimensionNames
    let known = dimensions.fields + dimensions.decisions
    dimension = fields["by"].flatMap { known.contains($0) ? $0 : nil } ?? Self.firstDimension(of: rulebook)
    let given = fields["as-of"]
    asOf = given.flatMap { CalendarDate($0) } ?? region.asOf ?? today
    if let given, CalendarDate(given) == nil {
      problems.add(
        Diagnostic("portal.error.as-of", at: SourcePlace(file: "as-of"), ["value": String(given.prefix(40))]),
        at: "as-of", in: words.language)
    }
    for parameter in parameters { read(parameter) }
  }

  private mutating func read(_ parameter: Parameter) {
    let name = Self.name(of: parameter)
    guard let value = fields[name] else { return }
    var text = value
    if let scale = parameter.scale, let number = Decimal128(value) {
      if number == scale.value { return }
      text = scale.text(number)
    }
    if text == parameter.valueSource { return }
    do {
      _ = try region.rulebook.overrides([parameter.id: text])
      settings[parameter.id] = text
    } catch {
      problems.add(error, at: name, called: parameter.name, in: words.language)
    }
  }

  mutating func add(_ diagnostic: Diagnostic) {
    problems.add(diagnostic, at: diagnostic.code.hasPrefix("policy.as-of") ? "as-of" : nil, in: words.language)
  }

  /// The name of the field of a parameter.
  static func name(of parameter: Parameter) -> String { "slide.\(parameter.id)" }

  /// The parameter of the slider at hand: the one named, the one that is set, or the first with a scale.
  var atHand: Parameter? {
    let sliders = parameters.filter { $0.scale != nil }
    return sliders.first { $0.id == fields["at"] } ?? sliders.first { settings[$0.id] != nil } ?? sliders.first
  }

  /// A curve through about twenty values of the slider at hand.
  var sweep: String? {
    guard let parameter = atHand, let scale = parameter.scale, scale.options.isEmpty else { return nil }
    var step = scale.step
    while let way = scale.high - scale.low, let covered = step * Self.points, covered < way,
      let next = step + scale.step
    {
      step = next
    }
    return "\(parameter.id)=\(scale.low)..\(scale.high)/\(step)" + (scale.unit.map { " \($0.symbol)" } ?? "")
  }

  private static let points: Decimal128 = 20

  func question(withCurve: Bool) -> SimulationQuestion {
    SimulationQuestion(
      asOf: asOf, settings: settings, dimension: dimension, sweep: withCurve ? sweep : nil,
      atHand: fields["at"] ?? (settings.isEmpty ? nil : atHand?.id))
  }

  // MARK: what is offered first

  static func schemes(of rulebook: Rulebook) -> [String] {
    var seen: Set<String> = []
    return rulebook.schemes.map(\.name).filter { seen.insert($0).inserted }
  }

  /// The first benefit with a parameter to move.
  private static func first(of rulebook: Rulebook) -> String? {
    let moving = rulebook.schemes.filter { scheme in
      rulebook.parameters(of: [scheme.name]).contains { $0.scale != nil }
    }
    return (moving.first { $0.kind == .benefit } ?? moving.first ?? rulebook.schemes.first)?.name
  }

  /// A text of the firm's own that is no name: district, industry.
  private static func firstDimension(of rulebook: Rulebook) -> String? {
    let names = rulebook.dimensionNames
    let texts = rulebook.subjectType?.fields.filter { names.fields.contains($0.name) && $0.type.kind == .text }
    return texts?.first?.name ?? names.fields.first ?? names.decisions.first
  }
}
