import Testing

struct ListBuiltinTests {
  @Test(
    "lists",
    arguments: [
      ("list contains([1, 2.0], 2)", "true"), ("list contains([1, null], null)", "true"),
      (#"list contains([1], "1")"#, "false"),
      ("count([1, null])", "2"), ("count([])", "0"), ("count(1)", "1"), ("count(null)", "null"),
      ("count(1, 2, 3)", "3"),
      ("sublist([1, 2, 3], 2)", "[2, 3]"), ("sublist([1, 2, 3], -2, 1)", "[2]"), ("sublist([1, 2, 3], 0)", "null"),
      ("sublist([1, 2, 3], 2, 3)", "null"), ("sublist([1, 2, 3], 1, 0)", "null"), ("sublist([1, 2, 3], 5)", "null"),
      ("append([1], 2, [3])", "[1, 2, [3]]"), ("append([1], null)", "[1, null]"), ("append([1])", "null"),
      ("append(list: [1], item: [2])", "[1, [2]]"), ("append(list: [1])", "[1, null]"),
      ("list contains(list: [null])", "true"), ("concatenate(list: [1, 2])", "[1, 2]"),
      ("concatenate([1], [2, 3])", "[1, 2, 3]"), ("concatenate([[1]], [2])", "[[1], 2]"),
      ("concatenate([1], null)", "null"),
      ("insert before([1, 3], 1, 2)", "[2, 1, 3]"), ("insert before([1, 3], -1, 2)", "[1, 2, 3]"),
      ("insert before([1, 3], 0, 2)", "null"), ("insert before([1, 3], 3, 2)", "null"),
      ("insert before([1], 1, null)", "[null, 1]"),
      ("remove([1, 2, 3], 2)", "[1, 3]"), ("remove([1, 2, 3], -1)", "[1, 2]"), ("remove([1], 2)", "null"),
      ("list replace([2, 4, 7, 8], 3, 6)", "[2, 4, 6, 8]"), ("list replace([2, 4], -1, 6)", "[2, 6]"),
      ("list replace([2], 2, 6)", "null"),
      ("list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", "[5, 5, 7, 8]"),
      ("list replace([2], function(item, newItem) 1, 5)", "null"),
      ("reverse([1, 2, null])", "[null, 2, 1]"), ("index of([1, 2, 3, 2], 2)", "[2, 4]"),
      ("index of([1, null], null)", "[2]"),
      ("index of([1], 2)", "[]"), ("union([1, 2], [2, 3])", "[1, 2, 3]"),
      ("distinct values([1, 2, 3, 2.0, 1])", "[1, 2, 3]"),
      ("distinct values([null, [1], [1], null, {a: 1}, {a: 1}])", "[null, [1], {a: 1}]"),
      ("duplicate values([1, 2, 1, 3, 2, 1])", "[1, 2]"), ("duplicate values([1])", "[]"),
      ("flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]"), ("flatten(1)", "[1]"),
      ("sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]"),
      ("sort(list: [1, 2], precedes: function(x, y) x > y)", "[2, 1]"),
      ("sort([1, 2], function(x, y) null)", "null"), ("sort([], function(x, y) null)", "[]"),
      (
        "sort([{a: 1, b: 1}, {a: 0, b: 2}, {a: 1, b: 3}], function(x, y) x.a < y.a)",
        "[{a: 0, b: 2}, {a: 1, b: 1}, {a: 1, b: 3}]"
      ),
    ])
  func lists(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "aggregates",
    arguments: [
      ("min([3, 1, 2])", "1"), ("max(3, 1, 2)", "3"), (#"min("b", "a")"#, #""a""#), ("min([])", "null"),
      ("max(null)", "null"),
      ("max([1, null])", "null"), (#"max([1, "a"])"#, "null"), (#"max(@"2024-01-01", @"2024-02-01")"#, "2024-02-01"),
      ("min(list: [2, 1])", "1"), ("min([[1]])", "null"), ("sum([1, 2.5])", "3.5"), ("sum(1, 2)", "3"),
      ("sum([])", "null"),
      ("sum([1, null])", "null"), (#"sum([1, "a"])"#, "null"), ("product([2, 3, 4])", "24"), ("product([])", "null"),
      ("mean([1, 2, 3])", "2"), ("mean([])", "null"), ("median(8, 2, 5, 3, 4)", "4"), ("median([6, 1, 2, 3])", "2.5"),
      ("median([])", "null"), ("stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"), ("stddev([47])", "null"),
      ("mode([6, 3, 9, 6, 6])", "[6]"), ("mode([3, 6, 1, 9, 6, 1, 3])", "[1, 3, 6]"), ("mode([])", "[]"),
      ("mode([1, null])", "null"),
      ("all([true, false])", "false"), ("all([])", "true"), ("all([true, null])", "null"),
      ("all([null, false])", "false"),
      ("all(true, true)", "true"), ("all(0)", "null"), ("any([false, true])", "true"), ("any([])", "false"),
      ("any([false, null])", "null"), ("any([null, true])", "true"), ("any(null)", "null"),
    ])
  func aggregates(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test(
    "contexts",
    arguments: [
      (#"get value({a: "foo"}, "a")"#, #""foo""#), (#"get value({a: 1}, "b")"#, "null"),
      (#"get value(null, "a")"#, "null"),
      (#"get value(key: "a", m: {a: 1})"#, "1"), ("get value({a: 1}, 1)", "null"),
      ("get entries({a: 1, b: null})", #"[{key: "a", value: 1}, {key: "b", value: null}]"#), ("get entries({})", "[]"),
      (#"context([{key: "a", value: 1}, {key: "b", value: 2}])"#, "{a: 1, b: 2}"),
      (#"context({key: "a", value: 1})"#, "{a: 1}"),
      (#"context([{key: "a", value: 1}, {key: "a", value: 2}])"#, "null"), (#"context({key: "a"})"#, "null"),
      (#"context({key: "a", value: null})"#, "{a: null}"), ("context([])", "{}"), (#"context("foo")"#, "null"),
      (#"context put({a: 1, b: 2}, "a", 3)"#, "{a: 3, b: 2}"),
      (#"context put({x: 1, y: {a: 0}}, ["y", "b"], 2)"#, "{x: 1, y: {a: 0, b: 2}}"),
      (#"context put({}, "a", null)"#, "{a: null}"), ("context put({}, [], 1)", "null"),
      (#"context put({}, ["y", "a"], 1)"#, "null"),
      ("context put({}, 1, 1)", "null"),
      (#"context put(context: {x: {a: 0}}, keys: ["x", "a"], value: 2)"#, "{x: {a: 2}}"),
      ("context merge([{a: 1, b: 1}, {a: 2}])", "{a: 2, b: 1}"), ("context merge([{a: 1}, 2])", "null"),
      ("context merge({a: 1})", "{a: 1}"),
    ])
  func contexts(feel: String, expected: String) throws { #expect(try answer(to: feel) == expected) }

  @Test("ten thousand values are told apart at once, however many are alike")
  func distinctValuesOfManyNumbers() throws {
    #expect(try answer(to: "count(distinct values(for i in 1..10000 return modulo(i, 5000)))") == "5000")
  }
}
