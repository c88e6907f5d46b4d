import FEEL
import Testing

@Test(
  "a function in a context may call itself by its key",
  arguments: [
    ("{f: function(n) if n <= 1 then 1 else n * f(n - 1), r: f(5)}.r", "120"),
    ("{阶乘: function(n) if n <= 1 then 1 else n * 阶乘(n - 1), r: 阶乘(20)}.r", "2432902008176640000"),
    ("{a: 2, f: function(n) if n = 0 then a else f(n - 1), r: f(3)}.r", "2"),
    ("{f: function(n) [for i in 1..n return i][1], r: f(3)}.r", "[1, 2, 3]"),
    ("{f: function(n) if n = 0 then 0 else f(n: n - 1), g: f, r: g(3)}.r", "0"),
    ("{o: {f: function(n) if n = 0 then \"end\" else f(n - 1)}, r: o.f(2)}.r", "\"end\""),
    ("{abs: function(n) abs(n), r: abs(-1)}.r", "1"),
    ("{f: function(n) f(n + 1), r: f(0)}.r", "null"),
  ])
func recursion(source: String, expected: String) { #expect(evaluated(source) == expected) }
