import Diagnostics
import FEEL
import Testing

/// The code of FEEL.docc, line by line, and what it says of its values.
@Suite("The pages of FEEL.docc")
struct DocumentationTests {
  @Test func overview() throws {
    let bonus = try Expression(parsing: "if 工龄 > 10 then 工资 * 0.1 else 0", names: KnownNames(["工龄", "工资"]))
    let result = bonus.evaluate(in: Bindings(["工龄": .number(12), "工资": .number(5000)]))
    let value = result.value  // 500
    #expect(value.description == "500")
  }

  @Test func evaluating() throws {
    let mistake = #expect(throws: Diagnostic.self) { try Expression(parsing: "1 +") }
    let code = mistake?.code  // feel.syntax.end
    #expect(code == "feel.syntax.end")

    struct Enterprise: Scope {
      var facts: [String: Value]
      func binding(for name: String) -> Binding? { facts[name].map { Binding($0) } }
    }
    let firm = Enterprise(facts: ["人数": .number(12)])
    let isSmall = try Expression(parsing: "人数 < 20", names: KnownNames(["人数"])).evaluate(in: firm).value  // true
    #expect(isSmall.description == "true")

    let divided = try Expression(parsing: "1 / 0").evaluate(in: Bindings())
    let causes = divided.warnings.map(\.code)  // ["feel.evaluate.divisionByZero"]
    #expect(causes == ["feel.evaluate.divisionByZero"])

    let cell = try UnaryTests(parsing: "[1000..5000), null")
    let passes = cell.evaluate(input: Binding(.number(1000)), in: Bindings()).value  // true
    #expect(passes.description == "true")

    let options = EvaluationOptions(now: DateTime("2026-03-01T08:00:00+08:00"))
    let day = try Expression(parsing: "today()").evaluate(in: Bindings(), options: options).value  // 2026-03-01
    #expect(day.description == "2026-03-01")
  }

  @Test func names() throws {
    let names = KnownNames(["研发 费用", "营业收入"], members: ["注册 资本"])
    let ratio = try Expression(parsing: "研发 费用 / 营业收入", names: names)
    let reads = ratio.nameUses.map(\.name)  // ["研发 费用", "营业收入"]
    #expect(reads == ["研发 费用", "营业收入"])

    let mistyped = try Expression(parsing: "营业收人 * 2", names: names)
    let advice = mistyped.unknownNames(among: names).map(\.code)  // ["feel.evaluate.unknownName.near"]
    #expect(advice == ["feel.evaluate.unknownName.near"])
  }

  @Test func missingFacts() throws {
    let facts = Bindings(["营业收入": .null(Absence(7)), "人数": .number(12)])
    let known = KnownNames(["人数", "营业收入"])
    let decided = try Expression(parsing: "人数 < 20 or 营业收入 < 300", names: known).evaluate(in: facts)
    let open = try Expression(parsing: "营业收入 < 300", names: known).evaluate(in: facts)
    let needed = (decided.absences, open.absences)  // ([], [Absence(7)])
    #expect(needed == ([], [Absence(7)]))

    let asked = try Expression(parsing: "if 营业收入 = null then 0 else 1", names: known).evaluate(in: facts)
    let restsOn = asked.absences  // []
    #expect(restsOn == [])
  }

  @Test func limits() throws {
    let loop = try Expression(parsing: "for i in 1..1000000000 return i")
    let stopped = loop.evaluate(in: Bindings(), options: EvaluationOptions(maximumSteps: 1_000))
    let limits = stopped.warnings.map(\.code)  // ["feel.evaluate.steps"]
    #expect(limits == ["feel.evaluate.steps"])
  }

  @Test func types() throws {
    let names = KnownNames(["amount", "loans"], members: ["sum"])
    let scope: TypeBindings = ["amount": .number, "loans": .list(.context(["sum": .number]))]
    let good = try Expression(parsing: "loans[sum > amount].sum", names: names)
    let type = good.typing(in: scope).type.description  // list<number>
    let wrong = try Expression(parsing: "amount + \"yuan\"", names: names)
    let codes = wrong.typing(in: scope).diagnostics.map(\.code)  // ["feel.type.operands"]
    #expect(type == "list<number>" && codes == ["feel.type.operands"])
  }
}
