import FEEL

extension Invocation {
  /// Runs `body` with no absences noted.
  /// - Returns: its value with the absences noted meanwhile; those noted before stand as they were.
  mutating func alone(_ body: (inout Invocation) -> Value) -> Binding {
    let before = absences
    absences = []
    let value = body(&self)
    let result = Binding(value, absences: absences)
    absences = before
    return result
  }

  /// Notes what a value used here depends on.
  mutating func use(_ binding: Binding) -> Value {
    absences.formUnion(binding.absences)
    return binding.value
  }

  /// Like ``use(_:)``, for a value that decides something: a missing value is noted too.
  mutating func read(_ binding: Binding) -> Value {
    note(binding.value)
    return use(binding)
  }
}

extension Expression {
  /// The value; what it depends on is noted.
  func value(in scope: some Scope, with invocation: inout Invocation) -> Value {
    let binding = evaluate(in: scope, with: &invocation)
    return invocation.use(binding)
  }
}

extension UnaryTests {
  func accepts(_ value: Value, in scope: some Scope, with invocation: inout Invocation) -> Bool {
    evaluate(input: Binding(value), in: scope, with: &invocation).value.isTrue
  }

  /// Whether the value passes, or each item of a list does.
  func acceptsItems(of value: Value, in scope: some Scope, with invocation: inout Invocation) -> Bool {
    if accepts(value, in: scope, with: &invocation) { return true }
    guard case .list(let items) = value, !items.isEmpty, invocation.spend(items.count) else { return false }
    return items.allSatisfy { accepts($0, in: scope, with: &invocation) }
  }

  /// The tests one by one, as texts of their own.
  var singles: [UnaryTests] {
    guard tests.count > 1 else { return [self] }
    let scalars = Array(source.unicodeScalars)
    let names = KnownNames(nameUses.map(\.name), members: nameUses.flatMap(\.path))
    return tests.compactMap { test in
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[test.span.clamped(to: 0..<scalars.count)])
      return try? UnaryTests(parsing: String(text), names: names, at: place)
    }
  }
}

extension Value {
  var isTrue: Bool { if case .boolean(true) = self { true } else { false } }

  /// For messages, shortened.
  var summary: String { summary(within: 80) }
}
