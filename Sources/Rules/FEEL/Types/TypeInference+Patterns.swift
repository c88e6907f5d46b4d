/// What the arguments say of the element of a signature.
struct SignatureMatch {
  var element: FEELType?
  /// Whether all fit whatever their values are, so that no later signature is asked.
  var isSure = true
}

/// Types against the patterns of parameters, with the conversions that evaluation makes (DMN 1.5 §10.3.2.9.4).
extension TypeInference {
  mutating func fits(
    _ type: FEELType, _ pattern: TypePattern, _ match: inout SignatureMatch, converts: Bool
  ) -> Bool {
    switch pattern {
    case .exactly(let asked), .told(let asked, _):
      if !relations.conforms(type, to: asked) || type == .null { match.isSure = false }
      return converts ? relations.mayBecome(type, asked) : relations.mayBe(type, asked)
    case .element: return add(type, to: &match)
    case .ordered:
      let fits = type.mayBeOrdered(with: match.element ?? .any)
      return add(type, to: &match) && fits
    case .loosely(let inner): return fits(type, inner, &match, converts: false)
    case .list(let inner): return fits(type, listOf: inner, pattern, &match, converts: converts)
    case .range(let inner):
      switch type {
      case .range(let element): return fits(element, inner, &match, converts: false)
      case .any, .null:
        match.isSure = false
        return fits(.any, inner, &match, converts: false)
      default: return fits(onlyItemOf: type, pattern, &match, converts: converts)
      }
    case .function(let parameters, let result):
      match.isSure = false
      guard case .function(let own, let given) = type else {
        return type.mayBe(kind: .function) || fits(onlyItemOf: type, pattern, &match, converts: converts)
      }
      guard own.count == parameters.count else { return false }
      for (asked, parameter) in zip(own, parameters) {
        guard relations.mayBecome(parameter.type(of: match.element ?? .any, TypedArguments()), asked) else {
          return false
        }
      }
      return relations.mayBe(given, result.erased)
    }
  }

  /// A list; where conversions are made also its only item, and a list of one such list.
  private mutating func fits(
    _ type: FEELType, listOf inner: TypePattern, _ pattern: TypePattern, _ match: inout SignatureMatch, converts: Bool
  ) -> Bool {
    switch type {
    case .list(let element):
      if fits(element, inner, &match, converts: false) { return true }
      return fits(onlyItemOf: type, pattern, &match, converts: converts)
    case .any, .null:
      match.isSure = false
      return fits(.any, inner, &match, converts: false)
    default: return converts && fits(type, inner, &match, converts: false)
    }
  }

  private mutating func fits(
    onlyItemOf type: FEELType, _ pattern: TypePattern, _ match: inout SignatureMatch, converts: Bool
  ) -> Bool {
    match.isSure = false
    guard converts, case .list(let element) = type, !pattern.takesAnyItem else { return false }
    return fits(element, pattern, &match, converts: false)
  }

  private mutating func add(_ type: FEELType, to match: inout SignatureMatch) -> Bool {
    match.element = match.element.map { relations.join($0, type) } ?? type
    return true
  }
}

extension TypePattern {
  /// A list whose items evaluation does not look at when it converts: a list stays as it is.
  fileprivate var takesAnyItem: Bool { if case .list = self { erased == .list(.any) } else { false } }
}
