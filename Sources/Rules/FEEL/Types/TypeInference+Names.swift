import Diagnostics

/// Names and paths.
extension TypeInference {
  /// What a name means at its place.
  enum Meaning {
    case value(FEELType)
    case local(Int)
    case builtin(Builtin)
    case host(TypeDeclaration)
    /// Nothing is known of the name.
    case unknown
    /// An entry that the elements of the filters around do not have.
    case noEntry(of: FEELType)
  }

  /// As evaluation looks a name up: among the entries of the elements of filters, then outwards.
  func meaning(of name: Name) -> Meaning {
    var element: FEELType?
    for slot in name.filterSlots {
      let type = locals[slot].type
      if let entry = type.entry(name.text) { return .value(entry) }
      if type == .any || type == .anyContext { return .value(.any) }
      if type.entryNames != nil { element = element ?? type }
    }
    if let slot = name.slot { return .local(slot) }
    if let builtin = name.builtin { return .builtin(builtin) }
    if let declaration = scope.declaration(of: name.text) { return .host(declaration) }
    return element.map { .noEntry(of: $0) } ?? .unknown
  }

  mutating func type(of name: Name, at node: Node) -> FEELType {
    switch meaning(of: name) {
    case .value(let type): return type
    case .local(let slot): return locals[slot].type
    case .builtin: return .anyFunction
    case .host(let declaration): return declaration.type
    case .unknown: return .any
    case .noEntry(let element):
      // A condition that is null leaves an empty list.
      return unknownEntry(name.text, of: element, .warning, at: node)
    }
  }

  mutating func type(ofPath base: FEELType, _ member: String, at node: Node) -> FEELType {
    guard case .list(let element) = base else { return type(ofMember: member, of: base, .error, at: node) }
    if case .list = element { return .list(.null) }
    // The elements that lack the member leave nulls in the list, so that a value comes out.
    return .list(type(ofMember: member, of: element, .warning, at: node))
  }

  private mutating func type(
    ofMember member: String, of type: FEELType, _ severity: Diagnostic.Severity, at node: Node
  ) -> FEELType {
    if let entry = type.entry(member) { return entry }
    if type.entryNames != nil { return unknownEntry(member, of: type, severity, at: node) }
    guard let properties = type.properties else { return .any }
    if let property = properties[member] { return property }
    let near = nearWord(to: member, among: properties.keys) ?? properties.keys.sorted().joined(separator: ", ")
    let code = properties.isEmpty ? "feel.type.property.none" : "feel.type.property"
    report(code, ["name": member, "type": type.summary, "near": near], as: severity, at: node)
    return .any
  }

  private mutating func unknownEntry(
    _ name: String, of type: FEELType, _ severity: Diagnostic.Severity, at node: Node
  ) -> FEELType {
    let names = type.entryNames ?? []
    let near = nearWord(to: name, among: names) ?? names.sorted().prefix(12).joined(separator: ", ")
    report("feel.type.entry", ["name": name, "type": type.summary, "near": near], as: severity, at: node)
    return .any
  }

  /// The names of the parameters of what a call calls; nil when they are not known.
  func parameterNames(of callee: Node) -> [String]? {
    switch callee.kind {
    case .function(let definition): return definition.parameters.map(\.name)
    case .name(let name):
      switch meaning(of: name) {
      case .local(let slot): return locals[slot].parameters
      case .host(let declaration): return declaration.parameters
      default: return nil
      }
    case .path(let base, let member):
      guard case .name(let name) = base.kind, case .host(let declaration) = meaning(of: name) else { return nil }
      return declaration.entries[member]?.parameters
    default: return nil
    }
  }
}
