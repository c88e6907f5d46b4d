import Diagnostics
import FEEL

/// A model without its expressions: they can be read only when all names are known, those of imported models too.
struct ModelDraft {
  private(set) var model: DecisionModel
  /// The XML of each element of the model, in the same order.
  private(set) var trees: [XMLTree] = []
  /// Names of components, entries, columns and outputs, which expressions may read after a point.
  let members: Set<String>
  let typeNames: TypeNames
  private(set) var diagnostics: [Diagnostic] = []

  /// - Throws: `dmn.xml.root`, `dmn.xml.version`.
  init(_ root: XMLTree) throws(Diagnostic) {
    guard root.name == "definitions" else {
      throw Diagnostic("dmn.xml.root", at: root.place, ["found": root.name])
    }
    guard let version = DMNVersion(rawValue: root.namespace) else {
      throw Diagnostic("dmn.xml.version", at: root.place, ["namespace": root.namespace])
    }
    model = DecisionModel(
      id: root.attribute("id"), name: root.elementName ?? "", namespace: root.attribute("namespace") ?? "",
      documentation: root.documentation, place: root.place)
    model.expressionLanguage = root.attribute("expressionLanguage")
    model.typeLanguage = root.attribute("typeLanguage")
    model.imports = root.children("import").map { Import($0, version: version) }
    typeNames = TypeNames(root, imports: model.imports)
    members = Self.members(of: root)
    readElements(of: root)
    readItems(of: root)
  }

  private static let memberTags: Set<String> = ["itemComponent", "column", "output"]

  private static func members(of root: XMLTree) -> Set<String> {
    var names: Set<String> = []
    var rest = [root]
    while let tree = rest.popLast() {
      rest += tree.children
      let named = tree.name == "contextEntry" ? tree.child("variable") : tree
      if tree.name == "contextEntry" || memberTags.contains(tree.name), let name = named?.elementName {
        names.insert(name)
      }
    }
    return names
  }

  private mutating func readElements(of root: XMLTree) {
    var reader = ElementReader(typeNames, namespace: model.namespace)
    for tree in root.children where tree.namespace == root.namespace {
      guard let element = reader.element(tree, number: trees.count) else { continue }
      model.elements.append(element)
      trees.append(tree)
    }
    diagnostics += reader.diagnostics
  }

  private mutating func readItems(of root: XMLTree) {
    var reader = ItemReader(typeNames, members: members)
    model.items = root.children("itemDefinition").map { reader.item($0) }
    diagnostics += reader.diagnostics
  }
}

extension Import {
  /// Imports had no name before DMN 1.2; there the prefix of the namespace stands for it.
  fileprivate init(_ tree: XMLTree, version: DMNVersion) {
    let namespace = tree.attribute("namespace") ?? ""
    let prefix = tree.prefixes.first { $0.value == namespace && !$0.key.isEmpty }?.key
    self.init(
      tree.elementName ?? (version == .v1_1 ? prefix : nil) ?? "", namespace: namespace,
      type: tree.attribute("importType") ?? "", location: tree.attribute("locationURI"))
  }
}

extension XMLTree {
  /// The `name` attribute with its spaces normalised as FEEL reads names (DMN 1.5 §10.3.1.4); nil without one.
  var elementName: String? { attribute("name").map { $0.normalisedName } }

  var documentation: String? {
    guard let text = child("description")?.text.trimmed, !text.isEmpty else { return nil }
    return text
  }
}

extension String {
  /// Without spaces at the ends, and with one space where there are several or other kinds of them.
  package var normalisedName: String {
    split { $0.unicodeScalars.allSatisfy(\.properties.isWhitespace) }.joined(separator: " ")
  }

  var trimmed: String {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
