import Diagnostics
import FEEL
import Testing

/// Thousands of random expressions, evaluated: what was inferred must be what comes out.
@Suite("Inference and evaluation agree")
struct TypeSoundnessTests {
  /// Values of the types that ``Typed`` declares; in some of them values are missing.
  static let values: [Bindings] = {
    let full = [
      "b": "true", "n": "2", "s": "\"ab\"", "d": "@\"2024-03-31\"", "t": "@\"09:30:00\"",
      "dt": "@\"2024-03-31T09:30:00Z\"",
      "days": "@\"P2DT3H\"", "months": "@\"P14M\"", "ns": "[1, 2, 3]", "ss": "[\"a\", \"b\"]", "r": "[1..5]",
      "p": person(7), "ps": "[\(person(1)), \(person(20))]",
    ]
    let other = [
      "b": "false", "n": "-1.5", "s": "\"\"", "ns": "[]", "ss": "[\"x\"]", "r": "(2..3)", "days": "@\"-PT1S\"",
      "ps": "[]",
    ]
    let gaps = [
      "n": "null", "ns": "[null, 1]", "p": "null", "ps": "[null, \(person(3))]", "d": "null", "b": "null", "ss": "null",
    ]
    return [full, full.merging(other) { $1 }, full.merging(gaps) { $1 }].map { texts in
      Bindings(texts.mapValues { (try? Expression(parsing: $0).evaluate(in: Bindings()).value) ?? .null() })
    }
  }()

  private static func person(_ age: Int) -> String {
    "{name: \"p\(age)\", age: \(age), born: @\"2000-01-0\(age % 9 + 1)\"}"
  }

  @Test("the values given are of the types declared")
  func inputs() {
    for values in Self.values {
      #expect(values.values.count == 13)
      for (name, value) in values.values {
        let isFitting = value.conforms(to: Typed.scope.declarations[name]?.type ?? .null)
        #expect(isFitting, "\(name): \(value)")
      }
    }
  }

  @Test("a well-typed expression has no mistakes, and its value is of the inferred type", arguments: 0..<8)
  func wellTyped(part: UInt64) throws {
    var maker = ExpressionMaker(seed: 1_000 + part)
    var precise = 0
    for _ in 0..<400 {
      let kind = maker.kind()
      let source = maker.make(kind, depth: 3)
      let typing = try Typed.typing(source)
      #expect(typing.diagnostics == [], "\(source)")
      if typing.type != .any { precise += 1 }
      try check(source, typing)
    }
    #expect(precise > 250)
  }

  @Test("any expression's value is of the inferred type", arguments: 0..<8)
  func anything(part: UInt64) throws {
    var maker = ExpressionMaker(seed: 2_000 + part, noise: 5)
    for _ in 0..<400 {
      let source = maker.make(maker.kind(), depth: 3)
      try check(source, Typed.typing(source))
    }
  }

  private func check(_ source: String, _ typing: Typing) throws {
    let expression = try Expression(parsing: source, names: Typed.names)
    for values in Self.values {
      let value = expression.evaluate(in: values).value
      let isSound = value.conforms(to: typing.type)
      #expect(isSound, "\(source) is \(value), inferred \(typing.type)")
    }
  }

  @Test("what is refused is null, or warned of", arguments: 0..<8)
  func refused(part: UInt64) throws {
    var maker = ExpressionMaker(seed: 3_000 + part)
    var refused = 0
    for _ in 0..<600 {
      var parts: [String] = []
      let source = maker.pick(Self.roots).replacingParts {
        parts.append(maker.make(maker.kind(), depth: 2))
        return "(\(parts[parts.count - 1]))"
      }
      let typing = try Typed.typing(source)
      guard let mistake = typing.diagnostics.first, mistake.severity == .error else { continue }
      guard try parts.allSatisfy({ try isFilled($0) }) else { continue }
      refused += 1
      let outcome = try Expression(parsing: source, names: Typed.names).evaluate(in: Self.values[0])
      #expect(
        outcome.value.isNull || !outcome.warnings.isEmpty,
        "\(source): \(mistake.problem(in: .english)): \(outcome.value)")
    }
    #expect(refused > 200)
  }

  /// Neither null nor a list without items.
  private func isFilled(_ source: String) throws -> Bool {
    let value = try Expression(parsing: source, names: Typed.names).evaluate(in: Self.values[0]).value
    if case .list(let items) = value { return !items.isEmpty }
    return !value.isNull
  }

  /// Forms whose parts, `@`, may be of any kind, and which read all of them.
  private static let roots = [
    "@ + @", "@ - @", "@ * @", "@ / @", "@ ** @", "@ < @", "@ >= @", "@ = @", "@ != @", "-@", "@ between @ and @",
    "@ and @",
    "if @ then 1 else 2", "@ in @", "@ in (@, @)", "@ in < @", "@.year", "@.hour", "@.age", "@.start", "[@..@]",
    "(> @)", "@(1)",
    "for i in @..@ return i", "for i in [@..@] return i", "floor(@)", "substring(@, @)", "sum(@)", "max(@, @)",
    "min([@, @])",
    "date(@)", "date and time(@, @)", "before(@, @)", "includes(@, @)", "string join(@)", "not(@)", "get value(@, @)",
    "abs(@)", "upper case(@)", "round up(@, @)", "years and months duration(@, @)", "f(@, @)", "contains(@, @)",
    "[1, 2][@]",
    "(function(a: number) a)(@)", "sort([2, 1], function(a, b) @)", "some i in [1] satisfies @", "split(@, @)",
    "meets(@, @)",
  ]
}

extension String {
  /// Each `@` in turn replaced by what `make` gives.
  fileprivate func replacingParts(_ make: () -> String) -> String {
    var text = ""
    for character in self { text += character == "@" ? make() : String(character) }
    return text
  }
}
