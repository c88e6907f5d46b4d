import Diagnostics
import FEEL

extension PackCompiler {
  mutating func parameter(_ raw: RawConstruct, _ around: Surroundings) -> Parameter? {
    allow(
      [
        "id", "type", "values", "bounds", "value", "default", "undetermined", "in-force", "reason", "refs", "note",
        "unit",
      ], in: raw)
    let states = ["value", "default", "undetermined"].filter { raw.fields[$0] != nil }
    if states == ["undetermined"], let entry = raw.fields["undetermined"], entry.values.isEmpty {
      report("policy.parameter.reason", entry.word.place, ["name": raw.name.text])
      return nil
    }
    guard states.count == 1, let state = states.first, let value = raw.fields.value(state) else {
      report("policy.parameter.state", raw.place, ["name": raw.name.text])
      return nil
    }
    guard let id = identifier(raw) else {
      report("policy.parameter.id", raw.place, ["name": raw.name.text])
      return nil
    }
    let choices = raw.fields.names("values")
    let limits = raw.fields.value("bounds").flatMap { bounds($0.text, at: $0.place) }
    let given = state == "undetermined" ? nil : parameterValue(value, choices: choices)
    if state != "undetermined", given == nil { return nil }
    let type = parameterType(raw, value: given, choices: choices, bounds: limits?.unit)
    var parameter = Parameter(
      name: raw.name.text, id: id, citation: around.citation, type: type, choices: choices, bounds: limits?.tests,
      boundsSource: raw.fields.value("bounds")?.text, state: .fixed, value: given?.value,
      valueSource: state == "undetermined" ? nil : value.text, inForce: inForce(raw, around), note: value.note,
      reason: raw.fields.value("reason")?.raw, refs: raw.fields.names("refs"), place: raw.place,
      valuePlace: value.place)
    if state == "default" { parameter.state = .suggested }
    if state == "undetermined" { parameter.state = .undetermined(value.raw) }
    if let given, let problem = parameter.problem(with: given.value, text: value.text, at: value.place) {
      diagnostics.append(problem)
    }
    return parameter
  }

  private mutating func parameterValue(_ field: FieldValue, choices: [String]) -> (value: Value, unit: Unit?)? {
    if !choices.isEmpty { return (.string(field.text), nil) }
    if let date = CalendarDate(field.text) { return (.date(date), nil) }
    if let quantity = Quantity(field.text) { return (.number(quantity.value), quantity.unit) }
    return expression(field.text, at: field.place).map { ($0.evaluate(in: Bindings()).value, nil) }
  }

  private mutating func parameterType(
    _ raw: RawConstruct, value: (value: Value, unit: Unit?)?, choices: [String], bounds: Unit?
  ) -> ValueType {
    if let field = raw.fields.value("type"), let type = valueType(field.raw, at: field.place) { return type }
    if !choices.isEmpty { return ValueType(.text) }
    switch value?.value {
    case .boolean: return ValueType(.boolean)
    case .date: return ValueType(.date)
    case .string: return ValueType(.text)
    case .list: return ValueType(.list)
    default: return ValueType(.number, unit: (value?.unit ?? bounds)?.base)
    }
  }
}

extension Parameter {
  /// Why a value cannot stand: not one of the choices, or outside the bounds. nil when it can.
  func problem(with value: Value, text: String, at place: SourcePlace) -> Diagnostic? {
    if !choices.isEmpty {
      guard case .string(let word) = value, choices.contains(word) else {
        return Diagnostic(
          "policy.parameter.choice", at: place,
          ["name": name, "value": text, "choices": choices.joined(separator: "、")])
      }
      return nil
    }
    guard let bounds else { return nil }
    let within = bounds.evaluate(input: Binding(value), in: Bindings()).value
    if case .boolean(true) = within { return nil }
    return Diagnostic(
      "policy.parameter.bounds", at: place, ["name": name, "value": text, "bounds": boundsSource ?? ""])
  }

  /// Reads an override as typed by a person, e.g. `分段`, `30 %`, `0.3`.
  func value(from text: String, at place: SourcePlace) throws(Diagnostic) -> Value {
    let value: Value
    switch type.kind {
    case .number:
      guard let quantity = Quantity(text), quantity.unit == nil || quantity.unit?.dimension == type.unit?.dimension
      else {
        throw Diagnostic(
          "policy.parameter.number", at: place, ["name": name, "value": text, "unit": type.unit?.symbol ?? ""])
      }
      value = .number(quantity.value)
    case .boolean: value = .boolean(Keywords.shared.isWord(text, "yes"))
    case .date:
      guard let date = CalendarDate(text) else {
        throw Diagnostic("policy.facts.date", at: place, ["value": text])
      }
      value = .date(date)
    default: value = .string(text)
    }
    if let problem = problem(with: value, text: text, at: place) { throw problem }
    return value
  }
}
