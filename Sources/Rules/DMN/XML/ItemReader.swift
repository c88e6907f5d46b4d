import Diagnostics
import FEEL

/// Reads item definitions (DMN 1.5 §7.3.3).
struct ItemReader {
  private(set) var diagnostics: [Diagnostic] = []
  private let typeNames: TypeNames
  private let names: KnownNames

  init(_ typeNames: TypeNames, members: Set<String>) {
    self.typeNames = typeNames
    names = KnownNames(members: members)
  }

  mutating func item(_ tree: XMLTree) -> ItemDefinition {
    let base = tree.child("typeRef")
    return ItemDefinition(
      tree.elementName ?? "", label: tree.attribute("label"),
      base: base.flatMap { typeNames.reference($0.text, in: $0) }, components: components(of: tree),
      function: tree.child("functionItem").map { function($0) }, isCollection: tree.flag("isCollection"),
      allowed: tests(tree.child("allowedValues")), constraint: tests(tree.child("typeConstraint")))
  }

  private mutating func components(of tree: XMLTree) -> [ItemDefinition] {
    var components: [ItemDefinition] = []
    for component in tree.children("itemComponent") { components.append(item(component)) }
    return components
  }

  private func function(_ tree: XMLTree) -> ItemDefinition.Function {
    ItemDefinition.Function(
      parameters: tree.children("parameters").map { typeNames.item($0) },
      result: typeNames.reference(tree.attribute("outputTypeRef"), in: tree))
  }

  private mutating func tests(_ tree: XMLTree?) -> UnaryTests? {
    guard let text = tree?.child("text"), !text.text.trimmed.isEmpty else { return nil }
    do throws(Diagnostic) {
      return try UnaryTests(parsing: text.text, names: names, at: text.place)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }
}

extension XMLTree {
  /// An attribute of type xs:boolean; false without one.
  func flag(_ name: String) -> Bool { ["true", "1"].contains(attribute(name)?.trimmed ?? "") }
}
