import API
import FEEL
import Policy

/// One input of the form or of the missing facts: made from the dictionary.
struct FactInput {
  let field: Field
  let name: FactName
  let region: Region
  /// The facts whose records may be referred to.
  let facts: Facts
  let words: Words

  /// A list longer than this is typed, not chosen from.
  private static let maximumOptions = 300

  func view(value: String, error: String?) -> View {
    var view: View = [
      "id": name.text, "fieldName": name.text, "label": label, "unit": field.type.unit?.symbol, "meaning": field.note,
      "supplies": supplies, "error": error,
    ]
    if let options = options(chosen: value) {
      view["select"] = ["options": options] as View
    } else {
      let isNumber = field.type.kind == .number
      view["input"] =
        ["value": value, "inputMode": isNumber ? "decimal" : nil, "class": isNumber ? "amount" : nil] as View
    }
    return view
  }

  private var label: String {
    guard let year = name.year else { return field.name }
    return words("form.year-label", ["field": field.name, "year": String(year)])
  }

  private var supplies: String {
    let arguments = [
      "authority": words("authority.\(field.authority.rawValue)"),
      "sensitivity": words("sensitivity.\(field.sensitivity.rawValue)"),
    ]
    let text = words("form.supplied-and", arguments)
    return field.type.kind == .date ? "\(text)\(words("form.date-form"))" : text
  }

  /// nil for what is typed.
  private func options(chosen: String) -> [View]? {
    var given: [(value: String, text: String, isPack: Bool)]
    switch field.type.kind {
    case .boolean: given = [("yes", words("form.yes"), false), ("no", words("form.no"), false)]
    case .reference:
      guard let rows = references, rows.count <= Self.maximumOptions else { return nil }
      given = rows.map { ($0.key, $0.shown, true) } + [(FactBuilder.other, words("form.other"), false)]
    default:
      guard !field.values.isEmpty else { return nil }
      given = field.values.map { ($0, $0, true) }
    }
    given.insert(("", words("form.unknown"), false), at: 0)
    given.append(("none", words("form.known-none"), false))
    return given.map { ["value": $0.value, "text": $0.text, "selected": $0.value == chosen, "pack": $0.isPack] }
  }

  private var references: [(key: String, shown: String)]? {
    guard let type = field.type.record.flatMap({ region.rulebook.dictionary[$0] }), let table = facts[type.name],
      table.rows.count <= Self.maximumOptions + 1
    else { return nil }
    return table.rows.filter { $0.key != FactBuilder.other }.map { ($0.key, type.reference(to: $0).display) }
  }
}
