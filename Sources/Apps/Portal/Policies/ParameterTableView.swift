import Diagnostics
import Policy

/// Parameters that stand side by side, as one table: what is fixed, what is suggested, what is open, and the choice.
struct ParameterTableView {
  let words: Words

  func view(_ parameters: [Parameter]) -> View {
    ["label": words("parameter.table"), "rows": parameters.map(row)]
  }

  private func row(_ parameter: Parameter) -> View {
    let state = parameter.state.key
    var remarks = [parameter.reason, parameter.note]
    if case .undetermined(let reason) = parameter.state { remarks.insert(reason, at: 0) }
    let alternatives = parameter.choices.isEmpty ? parameter.boundsSource : words.packList(parameter.choices)
    return [
      "anchor": "line-\(parameter.place.line)", "parameterName": parameter.name, "parameterID": parameter.id,
      "state": ["class": state, "word": words("parameter.\(state)")] as View,
      "value": parameter.valueSource ?? "", "alternatives": alternatives ?? "",
      "remarks": remarks.compactMap { $0 }.joined(separator: " "), "refs": words.packList(parameter.refs),
    ]
  }
}
