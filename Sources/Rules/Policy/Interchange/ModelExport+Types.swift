import DMN
import FEEL

/// The dictionary as item definitions, and types as their names.
extension ModelExport {
  func input(_ type: RecordType) -> InputData {
    InputData(
      id: id("input", type.name), variable: InformationItem(type.name, type: TypeReference(itemName(type.name))),
      documentation: type.note, place: type.place)
  }

  private func itemName(_ record: String) -> String { "t" + record }

  /// Records that a record refers to, and those that refer to it, are not typed further: the records of a region lead
  /// round in circles, and types may not.
  func item(_ type: RecordType) -> ItemDefinition {
    let fields = type.fields.map { field in
      ItemDefinition(
        field.name, label: field.note, base: base(field), isCollection: field.years != nil, allowed: allowed(field))
    }
    let lists = rulebook.dictionary.reverseLists(of: type.name).map { ItemDefinition($0.list, base: "Any") }
    return ItemDefinition(itemName(type.name), label: type.note, components: fields + lists)
  }

  private func base(_ field: Field) -> TypeReference { typeReference(field.type) ?? "Any" }

  /// The closed list of a field; a value that is not known may stand for any of them.
  private func allowed(_ field: Field) -> UnaryTests? {
    guard !field.values.isEmpty else { return nil }
    let words = field.values.compactMap { Value.string($0).feelLiteral } + ["null"]
    return try? UnaryTests(parsing: words.joined(separator: ", "), at: field.place)
  }

  /// nil where DMN has no name for the type, or the pack says nothing more than “list”.
  func typeReference(_ type: ValueType) -> TypeReference? {
    switch type.kind {
    case .text, .uscc: "string"
    case .number: "number"
    case .boolean: "boolean"
    case .date: "date"
    case .list, .context, .reference: nil
    }
  }
}
