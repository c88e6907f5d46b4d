package import Diagnostics

/// An element of an XML document with all that stands in it. Comments and processing instructions are left out.
package struct XMLTree: Sendable {
  /// Without prefix.
  package var name: String
  /// Empty when the element is in no namespace.
  package var namespace: String
  package var attributes: [Attribute] = []
  package var children: [XMLTree] = []
  /// The text directly inside, put together, as it is written.
  package var text = ""
  /// The namespaces in scope by prefix; that of elements without prefix under the empty name.
  package var prefixes: [String: String]
  /// Where the content of the element begins.
  package var place: SourcePlace

  package struct Attribute: Sendable {
    package var name: String
    package var namespace: String
    package var value: String
  }
}

extension XMLTree {
  /// The attribute of that name; without `namespace` one that has no prefix.
  package func attribute(_ name: String, namespace: String = "") -> String? {
    attributes.first { $0.name == name && $0.namespace == namespace }?.value
  }

  /// The first child of that name in the element's own namespace.
  package func child(_ name: String) -> XMLTree? {
    children.first { $0.name == name && $0.namespace == namespace }
  }

  package func children(_ name: String) -> [XMLTree] {
    children.filter { $0.name == name && $0.namespace == namespace }
  }

  /// A name with a prefix (`xsd:decimal`), resolved.
  package func resolved(_ name: String) -> (namespace: String, name: String) {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return (prefixes[""] ?? "", name) }
    return (prefixes[parts[0]] ?? "", parts[1])
  }
}
