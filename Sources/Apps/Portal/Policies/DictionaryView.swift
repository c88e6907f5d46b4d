import Policy

/// The dictionary for readers: a table per record type.
struct DictionaryView {
  let rulebook: Rulebook
  let words: Words

  var page: Page {
    Page(
      template: "dictionary", title: words("dictionary.title"),
      view: ["pack": ["title": rulebook.main.title] as View, "types": rulebook.dictionary.types.map(view)],
      section: .policies)
  }

  private func view(_ type: RecordType) -> View {
    [
      "anchor": "type-\(type.id)", "name": type.name, "id": type.id, "note": type.note,
      "key": words("dictionary.key", ["key": type.key]), "fields": type.fields.map(view),
    ]
  }

  private func view(_ field: Field) -> View {
    [
      "fieldName": field.name, "fieldID": field.id, "type": typeText(field), "unit": field.type.unit?.symbol ?? "",
      "authority": words("authority.\(field.authority.rawValue)"),
      "sensitivity": words("sensitivity.\(field.sensitivity.rawValue)"), "meaning": meaning(of: field),
    ]
  }

  private func typeText(_ field: Field) -> String {
    if let record = field.type.record { return words("dictionary.reference", ["record": record]) }
    let word = words("type.\(field.type.kind.rawValue)")
    guard let years = field.years else { return word }
    return "\(word)\(words("separator"))\(words("dictionary.years", ["years": String(years)]))"
  }

  private func meaning(of field: Field) -> String {
    let values = field.values.isEmpty ? nil : words.bracketed(words.packList(field.values))
    return [field.note, values].compactMap { $0 }.joined()
  }
}
