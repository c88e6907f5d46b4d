import API
import Policy

/// The readings a result rests on, each with its alternatives, to compute again with another.
struct ReadingsView {
  let submission: Submission
  private let parameters: [Parameter]

  private var words: Words { submission.words }

  init(submission: Submission, checkUp: CheckUp?) {
    self.submission = submission
    let used = Set((checkUp?.schemes ?? []).flatMap(\.outcomes).flatMap(\.suggested).map(\.id))
    let open = Set(
      (checkUp?.schemes ?? []).flatMap(\.missing).filter { $0.kind == .parameter }.map(\.name))
    var seen: Set<String> = []
    parameters = submission.region.rulebook.parameters.filter { parameter in
      let isChosen = submission.fields[FactName.setting(parameter.id)] != nil
      return (isChosen || used.contains(parameter.id) || open.contains(parameter.name))
        && seen.insert(parameter.id).inserted
    }
  }

  /// The names of the inputs shown.
  var names: Set<String> { Set(parameters.map { FactName.setting($0.id) }) }

  var view: View? {
    guard !parameters.isEmpty else { return nil }
    return ["fields": parameters.map(view)]
  }

  private func view(_ parameter: Parameter) -> View {
    let name = FactName.setting(parameter.id)
    let value = submission.fields[name] ?? ""
    var note = parameter.reason ?? parameter.note
    if case .undetermined(let reason) = parameter.state { note = reason }
    var field: View = [
      "id": name, "fieldName": name, "label": parameter.name, "meaning": note, "supplies": hint(parameter),
      "link": Anchor.href(parameter.citation),
      "unit": parameter.choices.isEmpty ? parameter.type.unit?.symbol : nil,
      "error": submission.problems.text(at: name),
    ]
    if parameter.choices.isEmpty {
      let isNumber = parameter.type.kind == .number
      field["input"] =
        ["value": value, "inputMode": isNumber ? "decimal" : nil, "class": isNumber ? "amount" : nil] as View
    } else {
      field["select"] = ["options": options(parameter, chosen: value)] as View
    }
    return field
  }

  private func hint(_ parameter: Parameter) -> String {
    let suggested = parameter.choices.isEmpty ? defaultText(parameter) : nil
    let bounds = parameter.boundsSource.map { words("result.reading-bounds", ["bounds": $0]) }
    let open = parameter.valueSource == nil ? words("parameter.undetermined") : nil
    return words.joined([suggested, open, bounds].compactMap { $0 })
  }

  private func defaultText(_ parameter: Parameter) -> String? {
    parameter.valueSource.map { words("result.reading-default", ["value": $0]) }
  }

  private func options(_ parameter: Parameter, chosen: String) -> [View] {
    let none: View = [
      "value": "", "text": defaultText(parameter) ?? words("form.unknown"), "selected": chosen.isEmpty,
    ]
    return [none] + parameter.choices.map { ["value": $0, "text": $0, "selected": $0 == chosen, "pack": true] }
  }
}
