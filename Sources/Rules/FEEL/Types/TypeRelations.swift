/// How types relate, asked with a bound on the work: the types of a model may be as large as its author likes. When the
/// work is used up the answers are those that report nothing.
struct TypeRelations {
  private var work: Int

  init(work: Int) { self.work = work }

  mutating func spend() -> Bool {
    work -= 1
    return work >= 0
  }

  // MARK: - Join

  /// The least type that both conform to, so far as the lattice has one. Contexts with different entries have only
  /// `context` in common, because a type tells all entries that may be read.
  mutating func join(_ a: FEELType, _ b: FEELType) -> FEELType {
    guard spend() else { return .any }
    switch (a, b) {
    case (.null, let type), (let type, .null): return type
    case (.any, _), (_, .any): return .any
    case (.list(let a), .list(let b)): return .list(join(a, b))
    case (.range(let a), .range(let b)): return .range(join(a, b))
    case (.context(let a), .context(let b)): return join(a, b)
    case (.record(let a), .record(let b)) where a == b: return .record(a)
    case (.function(let parametersA, let a), .function(let parametersB, let b)):
      let isSame =
        parametersA.count == parametersB.count
        && zip(parametersA, parametersB).allSatisfy { conforms($0, to: $1) && conforms($1, to: $0) }
      return isSame ? .function(parametersA, join(a, b)) : .anyFunction
    default: break
    }
    guard let kind = a.kind, kind == b.kind else { return .any }
    switch kind {
    case .context: return .anyContext
    case .function: return .anyFunction
    default: return a
    }
  }

  private mutating func join(_ a: [String: FEELType], _ b: [String: FEELType]) -> FEELType {
    guard a.count == b.count else { return .anyContext }
    var entries: [String: FEELType] = [:]
    for (name, type) in a {
      guard let other = b[name] else { return .anyContext }
      entries[name] = join(type, other)
    }
    return .context(entries)
  }

  // MARK: - Conformance

  /// Whether every value of `a` surely is one of `b`, as it stands.
  mutating func conforms(_ a: FEELType, to b: FEELType) -> Bool {
    guard spend() else { return false }
    switch (a, b) {
    case (_, .any), (.null, _): return true
    case (.list(let a), .list(let b)): return conforms(a, to: b)
    case (.range(let a), .range(let b)): return conforms(a, to: b)
    case (_, .anyContext): return a.kind == .context
    case (_, .anyFunction): return a.kind == .function
    case (_, .context(let entries)):
      return entries.allSatisfy { name, type in a.entry(name).map { conforms($0, to: type) } ?? false }
    case (.record(let a), .record(let b)): return a == b
    case (.function(let parametersA, let a), .function(let parametersB, let b)):
      return parametersA.count == parametersB.count && conforms(a, to: b)
        && zip(parametersB, parametersA).allSatisfy { conforms($0, to: $1) }
    default: return a.kind != nil && a.kind == b.kind && a.isSimple && b.isSimple
    }
  }

  /// Whether some value of `a`, other than null and lists without items, may be one of `b`. A context is taken to have
  /// the entries of its type and no others.
  mutating func mayBe(_ a: FEELType, _ b: FEELType) -> Bool {
    guard spend() else { return true }
    guard let kind = a.kind, let other = b.kind else { return true }
    guard kind == other else { return false }
    switch (a, b) {
    case (.list(let a), .list(let b)), (.range(let a), .range(let b)): return mayBe(a, b)
    case (.anyContext, _), (_, .anyContext), (.anyFunction, _), (_, .anyFunction): return true
    case (.record(let a), .record(let b)): return a == b
    case (_, .context(let entries)):
      return entries.allSatisfy { name, type in a.entry(name).map { mayBe($0, type) } ?? false }
    case (_, .record(let schema)): return schema.names.allSatisfy { a.entry($0) != nil }
    case (.function(let parametersA, let a), .function(let parametersB, let b)):
      return parametersA.count == parametersB.count && mayBe(a, b)
    default: return true
    }
  }

  /// Whether some value of `a` may become one of `b` where `b` is asked for (DMN 1.5 §10.3.2.9.4): as it stands, the
  /// only item of a list, a list of one item, a date as its midnight.
  mutating func mayBecome(_ a: FEELType, _ b: FEELType) -> Bool {
    if mayBe(a, b) { return true }
    switch (a, b) {
    case (.date, .dateTime): return true
    case (.list(let item), .list(let element)): return mayBe(item, b) || mayBe(a, element)
    case (.list(let item), _): return mayBe(item, b)
    case (_, .list(let element)): return mayBe(a, element)
    default: return false
    }
  }
}

extension FEELType {
  /// How deep types that are put together may nest, and of how many parts they may be. Parts are shared, so that a
  /// short text may write a type that unfolds without end.
  private static let maximumDepth = 60, maximumParts = 5_000

  /// The type, or what is left of it when it nests too deep or has too many parts.
  public var bounded: FEELType {
    var parts = Self.maximumParts
    guard !isWithin(depth: Self.maximumDepth, &parts) else { return self }
    switch self {
    case .list: return .list(.any)
    case .range: return .range(.any)
    case .function: return .anyFunction
    default: return .anyContext
    }
  }

  private func isWithin(depth: Int, _ parts: inout Int) -> Bool {
    parts -= 1
    guard depth > 0, parts > 0 else { return false }
    switch self {
    case .list(let element), .range(let element): return element.isWithin(depth: depth - 1, &parts)
    case .context(let entries):
      for type in entries.values where !type.isWithin(depth: depth - 1, &parts) { return false }
      return true
    case .function(let parameters, let result):
      for type in parameters where !type.isWithin(depth: depth - 1, &parts) { return false }
      return result.isWithin(depth: depth - 1, &parts)
    default: return true
    }
  }

  /// Whether the kind is all that the type says.
  fileprivate var isSimple: Bool {
    switch kind {
    case .list, .context, .range, .function, nil: false
    default: true
    }
  }

  /// The least type that both conform to.
  public func joined(with other: FEELType) -> FEELType {
    var relations = TypeRelations(work: 10_000)
    return relations.join(self, other)
  }

  /// False when no value of the type, other than null and lists without items, is one of `other` as it stands.
  public func mayBe(_ other: FEELType) -> Bool {
    var relations = TypeRelations(work: 10_000)
    return relations.mayBe(self, other)
  }

  /// False when no value of the type, other than null and lists without items, can become one of `other` where that is
  /// asked for, also after an implicit conversion. True as soon as too little is known.
  public func mayBecome(_ other: FEELType) -> Bool {
    var relations = TypeRelations(work: 10_000)
    return relations.mayBecome(self, other)
  }

  /// The type of a value of this type that has passed a place where `declared` is asked for: this type, when it says
  /// more than the declared one and needs no conversion.
  public func admitted(as declared: FEELType) -> FEELType {
    var relations = TypeRelations(work: 10_000)
    return relations.conforms(self, to: declared) ? self : declared
  }
}
