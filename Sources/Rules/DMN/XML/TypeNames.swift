/// What type names in XML mean. From DMN 1.2 they are written as in FEEL: `string`, `lists.tLoan`; before, and by some
/// tools after, with the prefix of a namespace: `feel:string`, `own:tLoan`.
struct TypeNames {
  private let namespace: String
  private let imports: [Import]

  init(_ root: XMLTree, imports: [Import]) {
    namespace = root.attribute("namespace") ?? ""
    self.imports = imports
  }

  /// nil for no type, and for the words that tools write for none.
  func reference(_ text: String?, in tree: XMLTree) -> TypeReference? {
    guard let name = text?.normalisedName, !name.isEmpty, name != "<Undefined>" else { return nil }
    guard name.contains(":") else { return TypeReference(name) }
    let resolved = tree.resolved(name)
    if resolved.namespace == namespace || DMNVersion.isFEEL(resolved.namespace) {
      return TypeReference(resolved.name)
    }
    guard let other = imports.first(where: { $0.namespace == resolved.namespace }) else {
      return TypeReference(resolved.namespace.isEmpty ? name : resolved.name)
    }
    return TypeReference(other.name.isEmpty ? resolved.name : "\(other.name).\(resolved.name)")
  }

  /// The type in the `typeRef` attribute of an element.
  func type(of tree: XMLTree?) -> TypeReference? {
    guard let tree else { return nil }
    return reference(tree.attribute("typeRef"), in: tree)
  }

  /// A variable, parameter or column.
  func item(_ tree: XMLTree, named name: String? = nil) -> InformationItem {
    InformationItem(name ?? tree.elementName ?? "", type: type(of: tree))
  }
}
