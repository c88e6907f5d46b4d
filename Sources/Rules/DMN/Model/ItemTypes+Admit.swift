import Diagnostics
import FEEL

/// Values against the types that a model declares (DMN 1.5 §7.3.3, §10.3.2.9.4).
extension ItemTypes {
  enum Admission {
    case admitted(Value)
    /// Even after an implicit conversion the value is of another type.
    case mismatch
    /// The allowed values or the type constraint forbid it.
    case notAllowed
  }

  /// Null is admitted everywhere, and so is every value where the type is not known.
  func admission(of value: Value, as reference: TypeReference, with invocation: inout Invocation) -> Admission {
    guard !value.isNull, let type = knownType(of: reference) else { return .admitted(value) }
    guard let fit = value.coerced(to: type) else { return .mismatch }
    return satisfies(fit, reference, depth: 0, with: &invocation) ? .admitted(fit) : .notAllowed
  }

  private static let maximumDepth = 60

  private func satisfies(
    _ value: Value, _ reference: TypeReference, depth: Int, with invocation: inout Invocation
  ) -> Bool {
    guard depth < Self.maximumDepth, let (definition, types) = declaring(reference) else { return true }
    return types.satisfies(value, definition, depth: depth + 1, with: &invocation)
  }

  /// Null satisfies everything: it is no value.
  private func satisfies(
    _ value: Value, _ definition: ItemDefinition, depth: Int, with invocation: inout Invocation
  ) -> Bool {
    if value.isNull { return true }
    if let constraint = definition.constraint, !constraint.accepts(value, in: Bindings(), with: &invocation) {
      return false
    }
    guard definition.isCollection, case .list(let items) = value else {
      return isItem(value, definition, depth: depth, with: &invocation)
    }
    for item in items where !isItem(item, definition, depth: depth, with: &invocation) { return false }
    return true
  }

  private func isItem(
    _ value: Value, _ definition: ItemDefinition, depth: Int, with invocation: inout Invocation
  ) -> Bool {
    if value.isNull { return true }
    if let allowed = definition.allowed, !allowed.accepts(value, in: Bindings(), with: &invocation) { return false }
    if let base = definition.base, !satisfies(value, base, depth: depth, with: &invocation) { return false }
    guard depth < Self.maximumDepth, case .context(let context) = value else { return true }
    for component in definition.components {
      let entry = context[component.name] ?? .null()
      guard satisfies(entry, component, depth: depth + 1, with: &invocation) else { return false }
    }
    return true
  }
}
