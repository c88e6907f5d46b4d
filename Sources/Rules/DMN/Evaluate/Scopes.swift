import FEEL

/// Names bound by a boxed expression or a function, before those around it.
struct Layer: Scope {
  var names: [String: Binding]
  var outer: (any Scope)?

  init(_ names: [String: Binding] = [:], over outer: (any Scope)? = nil) {
    self.names = names
    self.outer = outer
  }

  func binding(for name: String) -> Binding? { names[name] ?? outer?.binding(for: name) }
  func callable(named name: String) -> FunctionValue? { names[name] == nil ? outer?.callable(named: name) : nil }
}

/// What a decision's expression reads of its requirements, so that only those count in its trace and warnings.
final class Reads {
  private(set) var names: Set<String> = []
  func insert(_ name: String) { names.insert(name) }
}

/// The requirements of one decision, by the names it knows them by.
struct RequirementScope: Scope {
  let names: [String: Binding]
  let reads: Reads

  func binding(for name: String) -> Binding? {
    guard let binding = names[name] else { return nil }
    reads.insert(name)
    return binding
  }
}
