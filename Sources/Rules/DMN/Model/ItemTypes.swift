import Diagnostics
public import FEEL

/// What the type names of a model stand for: its item definitions, and those of the models it imports.
public struct ItemTypes: Sendable {
  private var definitions: [String: ItemDefinition] = [:]
  /// By the name of the import; several may have none.
  private var imported: [(name: String, types: ItemTypes)] = []
  /// The FEEL types of the definitions, found once.
  private var resolved: [String: FEELType] = [:]

  /// - Parameter imported: by the name of the import.
  public init(_ definitions: [ItemDefinition] = [], imported: [String: ItemTypes] = [:]) {
    self.init(definitions, imports: imported.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  init(_ definitions: [ItemDefinition], imports imported: [(name: String, types: ItemTypes)]) {
    self.definitions = Dictionary(definitions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.imported = imported
    for definition in definitions { _ = resolve(definition.name, visiting: []) }
  }

  /// The FEEL type by name, for parsing expressions (`instance of tLoan`).
  public var feelTypes: [String: FEELType] {
    var types = resolved
    for (name, other) in imported {
      for (inner, type) in other.feelTypes { types[name.isEmpty ? inner : "\(name).\(inner)"] = type }
    }
    return types
  }

  /// `Any` for nil and for names that nothing declares. A type that contains itself is `Any` inside.
  public func feelType(of reference: TypeReference?) -> FEELType {
    guard let reference else { return .any }
    return knownType(of: reference) ?? .any
  }

  /// nil when nothing declares the name.
  public func knownType(of reference: TypeReference) -> FEELType? {
    if let type = resolved[reference.name] ?? FEELType.named[reference.name] { return type }
    return declaring(reference).flatMap { $0.types.resolved[$0.definition.name] }
  }

  func parameters(_ items: [InformationItem]) -> [FunctionParameter] {
    items.map { FunctionParameter($0.name, type: $0.type.map { feelType(of: $0) }) }
  }

  /// The names of all components, which expressions may read after a point.
  public var memberNames: Set<String> {
    var names: Set<String> = []
    var rest = definitions.values.flatMap(\.components)
    while let component = rest.popLast() {
      names.insert(component.name)
      rest += component.components
    }
    return imported.reduce(names) { $0.union($1.types.memberNames) }
  }

  /// The definition of a name, with the types among which it stands.
  func declaring(_ reference: TypeReference) -> (definition: ItemDefinition, types: ItemTypes)? {
    if let definition = definitions[reference.name] { return (definition, self) }
    for (name, types) in imported {
      if name.isEmpty, let found = types.declaring(reference) { return found }
      let prefix = name + "."
      if reference.name.hasPrefix(prefix) {
        return types.declaring(TypeReference(String(reference.name.dropFirst(prefix.count))))
      }
    }
    return nil
  }
}

extension ItemTypes {
  /// The allowed values that a type declares, or the one it refines.
  func allowedValues(of reference: TypeReference) -> UnaryTests? {
    var found = declaring(reference)
    for _ in 0..<Self.maximumNesting {
      guard let (definition, types) = found else { return nil }
      if let allowed = definition.allowed { return allowed }
      found = definition.base.flatMap { types.declaring($0) }
    }
    return nil
  }

  /// What a function of that type gives, with the types among which it is declared; nil when nothing says so.
  func result(of reference: TypeReference) -> (type: TypeReference, types: ItemTypes)? {
    var found = declaring(reference)
    for _ in 0..<Self.maximumNesting {
      guard let (definition, types) = found else { return nil }
      if let result = definition.function?.result { return (result, types) }
      found = definition.base.flatMap { types.declaring($0) }
    }
    return nil
  }
}

// MARK: - FEEL types

extension ItemTypes {
  private static let maximumNesting = 60

  private mutating func resolve(_ name: String, visiting: [String]) -> FEELType {
    if let type = resolved[name] { return type }
    guard let definition = definitions[name], !visiting.contains(name), visiting.count < Self.maximumNesting else {
      return .any
    }
    let type = resolve(definition, visiting: visiting + [name])
    resolved[name] = type
    return type
  }

  private mutating func resolve(_ definition: ItemDefinition, visiting: [String]) -> FEELType {
    let item = itemType(of: definition, visiting: visiting)
    return definition.isCollection ? .list(item) : item
  }

  private mutating func itemType(of definition: ItemDefinition, visiting: [String]) -> FEELType {
    guard visiting.count < Self.maximumNesting else { return .any }
    if let base = definition.base { return resolve(base, visiting: visiting) }
    if let function = definition.function {
      let parameters = function.parameters.map { resolve($0.type, visiting: visiting) }
      return .function(parameters, resolve(function.result, visiting: visiting))
    }
    guard !definition.components.isEmpty else { return .any }
    var entries: [String: FEELType] = [:]
    for component in definition.components { entries[component.name] = resolve(component, visiting: visiting + [""]) }
    return .context(entries)
  }

  private mutating func resolve(_ reference: TypeReference?, visiting: [String]) -> FEELType {
    guard let reference else { return .any }
    if definitions[reference.name] != nil { return resolve(reference.name, visiting: visiting) }
    return knownType(of: reference) ?? .any
  }
}
