import FEEL
import TestKit

/// Makes random expressions of a wished type over the names of ``Typed``, from a seed.
struct ExpressionMaker {
  enum Kind: CaseIterable {
    case boolean, number, string, date, time, dateTime, days, months, numbers, strings, person, people, range
  }

  private var random: SeededRandom
  /// One in so many parts is of another type than wished; 0 for none.
  private let noise: UInt64

  init(seed: UInt64, noise: UInt64 = 0) {
    random = SeededRandom(seed: seed)
    self.noise = noise
  }

  mutating func pick<T>(_ choices: [T]) -> T { choices[Int(random.next() % UInt64(choices.count))] }

  mutating func kind() -> Kind { pick(Kind.allCases) }

  /// The text of an expression of the kind. `{number}` in a form stands for an expression of that kind.
  mutating func make(_ kind: Kind, depth: Int) -> String {
    if noise > 0, random.next() % noise == 0 { return fill(pick(Self.forms[self.kind()]!), depth: depth) }
    return fill(depth > 0 ? pick(Self.forms[kind]!) : pick(Self.atoms[kind]!), depth: depth)
  }

  mutating func fill(_ form: String, depth: Int) -> String {
    let parts = form.split(separator: "{", omittingEmptySubsequences: false)
    var text = String(parts[0])
    for part in parts.dropFirst() {
      let pieces = part.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
      if pieces.count == 2, let kind = Self.kinds[String(pieces[0])] {
        text += "(\(make(kind, depth: depth - 1)))\(pieces[1])"
      } else {
        text += "{\(part)"
      }
    }
    return text
  }

  private static let kinds = Dictionary(uniqueKeysWithValues: Kind.allCases.map { ("\($0)", $0) })

  private static let atoms: [Kind: [String]] = [
    .boolean: ["b", "true", "false"], .number: ["n", "1", "0", "-2", "2.5"], .string: ["s", "\"a\"", "\"\""],
    .date: ["d", "@\"2024-02-29\""], .time: ["t", "@\"10:00:00\""], .dateTime: ["dt", "@\"2024-01-31T10:00:00\""],
    .days: ["days", "@\"P1DT2H\"", "@\"-PT5M\""], .months: ["months", "@\"P1Y2M\""],
    .numbers: ["ns", "[3, 1, 2]", "[1, null]"],
    .strings: ["ss", "[\"b\", \"a\"]"], .person: ["p"], .people: ["ps"], .range: ["r", "[1..3]", "(2..9]", "(> 1)"],
  ]

  /// Forms that hold no literal braces: a context is written with `context put`, or made by the forms that follow.
  private static let common = [
    "if {boolean} then @ else @", "[@, @][1]", "[@][-1]", "[@, @][count([1, 2])]", "(function(q) q)(@)",
    "(for i in [@] return i)[1]", "(for i in {numbers} return @)[1]", "[@][true][1]", "[@, @][{boolean}][-1]",
    "list replace([@], 1, @)[1]", "get value(context put(p, \"k\", @), \"k\")", "context put(p, \"k\", @).k",
  ]

  private static let forms: [Kind: [String]] = {
    var forms = own
    for (kind, _) in own {
      forms[kind]! += atoms[kind]! + common.map { $0.replacing("@", with: "{\(kind)}") }
    }
    return forms
  }()

  private static let own: [Kind: [String]] = [
    .boolean: [
      "{number} < {number}", "{string} = {string}", "{date} >= {date}", "{boolean} and {boolean}",
      "{boolean} or {boolean}",
      "not({boolean})", "{number} between {number} and {number}", "{number} in {range}",
      "{number} in ({numbers}, < {number})",
      "some i in {numbers} satisfies i > {number}", "every i in {people} satisfies i.age > {number}",
      "{string} instance of string", "contains({string}, {string})", "{days} != {days}",
      "list contains({numbers}, {number})",
      "all([{boolean}, {boolean}])", "any({boolean}, null)", "before({number}, {range})", "{person} = {person}",
      "odd({number})",
      "{range}.start included", "is({date}, {date})", "{numbers} = {numbers}", "matches({string}, \"a\")",
      "overlaps({range}, {range})",
    ],
    .number: [
      "{number} + {number}", "{number} - {number}", "{number} * {number}", "{number} / {number}", "-{number}",
      "count({strings})",
      "{date}.year", "{dateTime}.second", "{days}.hours", "{months}.years", "string length({string})", "sum({numbers})",
      "max({numbers})", "min({number}, {number})", "{numbers}[1]", "{numbers}[item > {number}][1]", "{person}.age",
      "{people}.age[1]", "{days} / {days}", "{months} / {months}", "abs({number})", "floor({number})", "{range}.start",
      "sort({numbers}, function(g, h) g > h)[1]", "index of({numbers}, {number})[1]", "mean({numbers})",
      "mode({numbers})[1]",
      "(function(q: number) q + 1)({number})", "decimal({number}, 2)", "modulo({number}, {number})", "number(\"1.5\")",
      "{people}[age > {number}].age[1]", "day of year({date})", "median({numbers})", "{people}[count(ps)].age",
    ],
    .string: [
      "{string} + {string}", "upper case({string})", "substring({string}, {number})", "string({number})",
      "{person}.name",
      "string join({strings}, {string})", "split({string}, \"a\")[1]", "day of week({date})", "month of year({date})",
      "{people}.name[1]", "replace({string}, \"a\", \"b\")", "max({strings})", "substring before({string}, {string})",
    ],
    .date: [
      "{date} + {days}", "{months} + {date}", "{date} - {months}", "date({dateTime})", "date({number}, 1, 1)",
      "{person}.born",
      "max({date}, {date})", "date(\"2024-01-01\")",
    ],
    .time: ["{time} + {days}", "{time} - {days}", "time({dateTime})", "time(1, 2, {number})"],
    .dateTime: ["{dateTime} + {days}", "{dateTime} - {months}", "date and time({date}, {time})"],
    .days: [
      "{days} + {days}", "{date} - {date}", "{time} - {time}", "{dateTime} - {dateTime}", "{days} * {number}",
      "{number} * {days}",
      "{days} / {number}", "-{days}", "abs({days})", "duration(\"P1D\")", "{dateTime}.time offset",
    ],
    .months: [
      "{months} + {months}", "{months} - {months}", "{months} * {number}", "-{months}", "abs({months})",
      "years and months duration({date}, {date})", "duration(\"P1Y\")",
    ],
    .numbers: [
      "[{number}, {number}]", "append({numbers}, {number})", "concatenate({numbers}, {numbers})", "reverse({numbers})",
      "{numbers}[item > {number}]", "for i in {numbers} return i + {number}", "for i in 1..3 return i * {number}",
      "for i in 1..2 return {numbers}[i]", "sublist({numbers}, 1)", "sort({numbers}, function(g, h) g < h)",
      "distinct values({numbers})", "flatten([{numbers}, {numbers}])", "{people}.age", "union({numbers}, {numbers})",
      "remove({numbers}, 1)", "insert before({numbers}, 1, {number})",
      "list replace({numbers}, function(g, h) g > h, {number})",
      "duplicate values({numbers})", "for i in {range} return i", "for i in {numbers}, j in {numbers} return i - j",
      "for i in {numbers} return count(partial)", "mode({numbers})", "[{dateTime}].hour",
    ],
    .strings: [
      "[{string}, {string}]", "split({string}, \"b\")", "for i in {people} return i.name", "{people}.name",
      "get entries({person}).key", "{strings}[item != {string}]", "for i in {numbers} return {string}",
    ],
    .person: ["{people}[1]", "{people}[age > {number}][1]", "context put({person}, \"age\", {number})"],
    .people: [
      "[{person}, {person}]", "{people}[name = {string}]", "{people}[item.age > 1]", "reverse({people})",
      "sort({people}, function(g, h) g.age < h.age)", "append({people}, {person})",
    ],
    .range: ["[{number}..{number}]", "({number}..10]", "(>= {number})", "range(\"[1..5]\")"],
  ]
}
