import TestKit
import Testing

@Suite("Broken texts are refused or answered, never a crash or a wait")
struct FuzzTests {
  @Test(
    "a seeded part of `make fuzz`", .timeLimit(.minutes(30)),
    arguments: [("FEEL expression", 3_000), ("FEEL unary tests", 1_000), ("DMN model", 300)])
  func broken(name: String, count: Int) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    var mutator = Mutator(corpus: target.corpus, seed: 20_261_125)
    for _ in 0..<count { target.run(mutator.next()) }
  }

  @Test("the same seed breaks in the same way, another seed in another")
  func seeds() {
    var first = Mutator(corpus: ["1 + 2"], seed: 7), again = Mutator(corpus: ["1 + 2"], seed: 7)
    var other = Mutator(corpus: ["1 + 2"], seed: 8)
    let texts = (0..<50).map { _ in first.next() }
    #expect(texts == (0..<50).map { _ in again.next() })
    #expect(texts != (0..<50).map { _ in other.next() })
  }
}
