import FEEL

/// Imports, types and variables.
extension XMLText {
  mutating func write(_ item: Import) {
    element(
      "import",
      [
        "name": item.name, "namespace": item.namespace, "locationURI": item.location,
        "importType": item.type.isEmpty ? DMNVersion.Namespace.model : item.type,
      ])
  }

  mutating func write(_ variable: InformationItem, as tag: String) {
    element(tag, ["name": variable.name, "typeRef": variable.type?.name])
  }

  mutating func write(_ item: ItemDefinition, as tag: String) {
    let attributes: Attributes = [
      "name": item.name, "label": item.label, "isCollection": item.isCollection ? "true" : nil,
    ]
    element(tag, attributes) { out in
      if let function = item.function { return out.write(function) }
      guard item.components.isEmpty else {
        for component in item.components { out.write(component, as: "itemComponent") }
        return
      }
      let isBare = item.base == nil && item.allowed == nil && item.constraint == nil
      out.element("typeRef", text: isBare ? nil : item.base?.name ?? "Any")
      out.write(item.allowed, as: "allowedValues")
      out.write(item.constraint, as: "typeConstraint")
    }
  }

  private mutating func write(_ function: ItemDefinition.Function) {
    element("functionItem", ["outputTypeRef": function.result?.name]) { out in
      for parameter in function.parameters { out.write(parameter, as: "parameters") }
    }
  }

  mutating func write(_ tests: UnaryTests?, as tag: String) {
    guard let tests else { return }
    element(tag) { $0.element("text", text: tests.source) }
  }
}
