import FEEL

/// The types of the names bound by a boxed expression or a function, before those around it: the counterpart of
/// ``Layer`` before evaluation.
struct TypeLayer: TypeScope {
  var names: [String: TypeDeclaration]
  var outer: (any TypeScope)?
  /// Whether any other name may be an entry of something of which nothing is known.
  var isOpen = false

  init(_ names: [String: TypeDeclaration] = [:], over outer: (any TypeScope)? = nil) {
    self.names = names
    self.outer = outer
  }

  func declaration(of name: String) -> TypeDeclaration? {
    names[name] ?? (isOpen ? TypeDeclaration(.any) : outer?.declaration(of: name))
  }

  func callable(named name: String) -> FEELType? {
    names[name] == nil && !isOpen ? outer?.callable(named: name) : nil
  }
}
