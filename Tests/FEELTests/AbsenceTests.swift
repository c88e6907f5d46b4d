import FEEL
import Testing

@Suite struct AbsenceTests {
  /// 甲, 乙: inputs not given; 零: a null that is known; 表: a list with a gap; 算: a known value that depends on 9.
  private struct Town: Scope {
    func binding(for name: String) -> Binding? {
      switch name {
      case "甲": Binding(.null(Absence(1)))
      case "乙": Binding(.null(Absence(2)))
      case "零": Binding(.null())
      case "五": Binding(.number(5))
      case "算": Binding(.number(5), absences: [Absence(9)])
      case "表": Binding(.list([.number(1), .null(Absence(3)), .number(2)]))
      case "户":
        Binding(
          .list([
            .context(Context([("额", .number(1)), ("名", .string("a"))])),
            .context(Context([("额", .null(Absence(4))), ("名", .string("b"))])),
          ]))
      case "档": Binding(.context(Context([("额", .null(Absence(5))), ("名", .string("c"))])))
      default: nil
      }
    }
  }

  private static let names = KnownNames(["甲", "乙", "零", "五", "算", "表", "户", "档"], members: ["额", "名"])

  private func absences(_ source: String) throws -> [Int] {
    let expression = try Expression(parsing: source, names: Self.names)
    return expression.evaluate(in: Town()).absences.map(\.id).sorted()
  }

  @Test(
    "what the result depends on",
    arguments: [
      ("五", []), ("甲", [1]), ("甲 + 五", [1]), ("零 + 五", []), ("甲 + 乙", [1, 2]), ("算 + 1", [9]), ("甲 = 5", [1]),
      ("甲 < 乙", [1, 2]),
      ("档.额", [5]), ("档.名", []), ("if 甲 > 1 then 五 else 乙", [1, 2]), ("if 五 > 1 then 五 else 乙", []), ("-甲", [1]),
      ("甲 instance of number", [1]), ("[甲, 1][2]", []), ("[甲, 1][1]", [1]), ("{a: 甲, b: 2}.b", []),
      ("{a: 甲, b: a}.b", [1]),
      ("{a: 甲, b: a + 1}.b", [1]), ("表[1]", []), ("表[2]", [3]),
    ])
  func reading(source: String, expected: [Int]) throws { #expect(try absences(source) == expected) }

  @Test(
    "an operand that decides without absences drops those of the others",
    arguments: [
      ("false and 甲", []), ("甲 and false", []), ("true and 甲", [1]), ("甲 and true", [1]), ("true or 甲 > 1", []),
      ("甲 > 1 or true", []),
      ("甲 or false", [1]), ("甲 > 1 and 乙 > 1", [1, 2]), ("算 > 9 and 甲", [1, 9]), ("算 > 9 and 甲 and false", []),
      ("0 between 1 and 甲", []), ("2 between 1 and 甲", [1]), ("3 between 甲 and 2", []), ("甲 between 1 and 2", [1]),
      ("some x in [甲, 5] satisfies x = 5", []), ("some x in [甲, 4] satisfies x = 5", [1]),
      ("every x in [甲, 4] satisfies x = 5", []),
      ("every x in [甲, 5] satisfies x = 5", [1]), ("五 in (甲, 5)", []), ("五 in (甲, 4)", [1]), ("甲 in (4, 5)", [1]),
      ("五 in [甲, 5]", []),
      ("五 in [甲, 4]", [1]), ("五 in [1..甲]", [1]), ("some x in 户 satisfies x.额 > 5", [4]),
      ("some x in 户 satisfies x.额 = 1", []),
    ])
  func deciding(source: String, expected: [Int]) throws { #expect(try absences(source) == expected) }

  @Test(
    "an explicit test for null does not depend on the missing value",
    arguments: [
      ("甲 = null", []), ("null != 甲", []), ("档.额 = null", []), ("甲 in (null)", []), ("甲 in (null, 5)", []),
      ("甲 in (5, null)", []),
      ("if 甲 = null then 0 else 甲", []), ("表[2] = null", []), ("甲 + 乙 = null", []), ("甲 = 零", [1]),
      ("甲 in != null", []),
    ])
  func nullTests(source: String, expected: [Int]) throws { #expect(try absences(source) == expected) }

  @Test(
    "filters: only elements that are not decided mark the result",
    arguments: [
      ("户[额 > 0]", [4]), ("户[名 = \"a\"]", []), ("户[名 = \"a\" and 额 > 0]", []), ("户[名 = \"b\" and 额 > 0]", [4]),
      ("户[额 != null]", []),
      ("户[1].额", []), ("户[2].额", [4]), ("count(户.额)", []), ("sum(户.额)", [4]), ("户[额 > 甲]", [1, 4]),
      ("户[item.额 > 0].名", [4]),
    ])
  func filters(source: String, expected: [Int]) throws { #expect(try absences(source) == expected) }

  @Test(
    "built-ins that read elements note them, others only move them",
    arguments: [
      ("sum(表)", [3]), ("max(表)", [3]), ("count(表)", []), ("count([甲, 乙])", []), ("append(表, 1)", []),
      ("reverse(表)[2]", [3]),
      ("list contains(表, 9)", [3]), ("count(甲)", [1]), ("min(五, 甲)", [1]), ("count(sublist(表, 1, 2))", []),
      ("string length(甲)", [1]),
    ])
  func builtins(source: String, expected: [Int]) throws { #expect(try absences(source) == expected) }

  @Test(
    "arguments are noted where the body reads them",
    arguments: [
      ("(function(x, y) y)(甲, 5)", []), ("(function(x, y) x)(甲, 5)", [1]), ("(function(x) x = null)(甲)", []),
      ("(function(x) 1)(算)", []),
      ("(function(x) x + 甲)(1)", [1]), ("(function(x) false and x)(乙)", []), ("for x in 表 return x + 1", [3]),
      ("for x in 表 return 1", []),
    ])
  func calls(source: String, expected: [Int]) throws { #expect(try absences(source) == expected) }

  @Test(
    "unary tests",
    arguments: [
      ("-", []), ("5", [7]), ("null", []), ("not(null)", []), ("5, null", []), ("< 甲", [1, 7]), ("? > 5", [7]),
      ("? = null or 五 = 5", []),
      ("not(5)", [7]), ("五 = 5", []), ("!= null", []),
    ])
  func unaryTests(source: String, expected: [Int]) throws {
    let tests = try UnaryTests(parsing: source, names: Self.names)
    let result = tests.evaluate(input: Binding(.null(Absence(7))), in: Town())
    #expect(result.absences.map(\.id).sorted() == expected)
  }

  @Test(
    "the value is the standard's, whatever is absent",
    arguments: [
      ("甲 = 5", "false"), ("甲 < 5", "null"), ("if 甲 > 1 then 1 else 2", "2"), ("甲 = null", "true"), ("count(表)", "3"),
    ])
  func values(source: String, expected: String) throws {
    let expression = try Expression(parsing: source, names: Self.names)
    #expect(expression.evaluate(in: Town()).value.description == expected)
  }
}
