import Testing

@testable import FEEL

@Suite("The tables of operator types agree with evaluation")
struct OperatorTypesTests {
  /// One value of each kind.
  private static let samples: [(FEELType, String)] = [
    (.boolean, "true"), (.number, "2"), (.string, "\"a\""), (.date, "@\"2024-01-31\""), (.time, "@\"10:00:00\""),
    (.dateTime, "@\"2024-01-31T10:00:00Z\""), (.daysDuration, "@\"P1D\""), (.monthsDuration, "@\"P1M\""),
    (.list(.number), "[1]"), (.context(["a": .number]), "{a: 1}"), (.range(.number), "[1..2]"),
    (.function([.any], .any), "function(x) x"),
  ]

  @Test(
    "an operator has an answer just where it has a row", arguments: ["+", "-", "*", "/", "**", "<", ">=", "=", "!="])
  func binary(sign: String) throws {
    for (_, a) in Self.samples {
      for (_, b) in Self.samples {
        let source = "(\(a)) \(sign) (\(b))"
        let value = try Expression(parsing: source).evaluate(in: Bindings()).value
        let typing = try Typed.typing(source)
        #expect(typing.diagnostics.isEmpty == !value.isNull, "\(source)")
        #expect(value.isInstance(of: typing.type) || value.isNull, "\(source): \(typing.type)")
      }
    }
  }

  @Test("so does the sign")
  func negation() throws {
    for (_, a) in Self.samples {
      let value = try Expression(parsing: "-(\(a))").evaluate(in: Bindings()).value
      #expect(try Typed.typing("-(\(a))").diagnostics.isEmpty == !value.isNull)
    }
  }

  @Test("properties have the types they give")
  func properties() throws {
    for (type, a) in Self.samples {
      guard let properties = type.properties else { continue }
      for (name, property) in properties {
        let value = try Expression(parsing: "(\(a)).\(name)").evaluate(in: Bindings()).value
        #expect(value.conforms(to: property), "\(a).\(name)")
      }
    }
    let rows = Dictionary(
      uniqueKeysWithValues: Self.samples.compactMap { type, _ in type.properties.map { (type, $0.count) } })
    #expect(rows[.date] == 4 && rows[.time] == 5 && rows[.dateTime] == 9 && rows[.daysDuration] == 4)
    #expect(rows[.monthsDuration] == 2 && rows[.range(.number)] == 4 && rows[.number] == 0)
  }
}
