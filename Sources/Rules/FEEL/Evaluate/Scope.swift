/// Where an expression finds the names it does not bind itself: input data, decisions, knowledge models.
///
/// A scope answers for each name again each time it is asked; a host that evaluates decisions on demand keeps their
/// results.
public protocol Scope {
  /// nil when the scope does not know the name.
  func binding(for name: String) -> Binding?

  /// What a call of the name calls, where that is not the name's value: a host may let a decision be read as a value and
  /// called for another record. nil where the value is called, as always in DMN.
  func callable(named name: String) -> FunctionValue?
}

extension Scope {
  public func callable(named name: String) -> FunctionValue? { nil }
}

/// A value and the absences it depends on (empty for plain input data; a null input carries its absence itself).
public struct Binding: Sendable {
  public var value: Value
  public var absences: Set<Absence>

  public init(_ value: Value, absences: Set<Absence> = []) {
    self.value = value
    self.absences = absences
  }
}

/// A scope of plain values.
public struct Bindings: Scope, Sendable, ExpressibleByDictionaryLiteral {
  public var values: [String: Value]

  public init(_ values: [String: Value] = [:]) { self.values = values }
  public init(dictionaryLiteral elements: (String, Value)...) {
    values = Dictionary(elements, uniquingKeysWith: { $1 })
  }

  public func binding(for name: String) -> Binding? { values[name].map { Binding($0) } }
}
