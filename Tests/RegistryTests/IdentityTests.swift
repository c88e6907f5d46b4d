import Testing

@testable import Registry

@Suite("Who is who, and who may be")
struct IdentityTests {
  private func identities(_ decisions: [(String, String, String)]) -> Identities {
    Identities(
      decisions.enumerated().map { number, decision in
        IdentityDecision(
          batch: number + 1, kind: decision.1 == "=" ? .same : .distinct, type: "t", main: decision.0,
          other: decision.2, reason: "")
      })
  }

  @Test("decisions add up, and the last one names the main key")
  func addUp() {
    let joined = identities([("A", "=", "B"), ("C", "=", "D"), ("C", "=", "B")])
    #expect(["A", "B", "C", "D", "E"].map(joined.main) == ["C", "C", "C", "C", "E"])
    #expect(joined.keys(of: "B") == ["C", "D", "A", "B"])
    #expect(joined.keys(of: "E") == ["E"])
    #expect(joined.mains(of: ["B", "E", "A", "C"]) == ["C", "E"])
    let circle = identities([("A", "=", "B"), ("B", "=", "A"), ("B", "=", "B")])
    #expect(circle.keys(of: "B") == ["A", "B"])
  }

  @Test("that two are distinct holds for all keys of both, whichever was decided first")
  func distinct() {
    let decided = identities([("A", "≠", "C"), ("A", "=", "B"), ("C", "=", "D")])
    #expect(decided.distinction("B", "D")?.batch == 1)
    #expect(decided.distinction("D", "A")?.batch == 1)
    #expect(decided.distinction("A", "B") == nil)
    #expect(decided.distinction("A", "E") == nil)
  }

  private func search(_ names: [String], codes: [String] = [], limit: Int = 10) -> [DuplicatePair] {
    var search = DuplicateSearch()
    for (number, name) in names.enumerated() {
      let record = search.add(key: String(number))
      search.add(name: name, of: record)
      if number < codes.count { search.add(code: codes[number], of: record) }
    }
    return search.report(limit: limit) { _, _ in false }.pairs
  }

  @Test(
    "names that differ by brackets, blanks, width, case or legal form are the same",
    arguments: [
      ("天山（克拉玛依）装备有限公司", "天山(克拉玛依)装备有限责任公司"), ("ＡＢＣ科技 有限公司", "abc科技股份有限公司"), ("红柳集团股份有限公司", "红柳集团"),
      ("云杉投资合伙企业（有限合伙）", "云杉投资合伙企业"), ("Silk Road Co., Ltd.", "silk road"),
    ])
  func sameNames(name: String, other: String) {
    #expect(search([name, other, "别的东西厂"]).map(\.reasons) == [[.sameName(name, other)]])
  }

  @Test(
    "names that differ by a sign or two are alike, those that differ by a number or by most of them are not",
    arguments: [
      ("克拉玛依红柳油田技术有限公司", "克拉玛依红柳油田技木有限公司", true), ("新疆天山智能装备制造有限公司", "新疆天山智能装备有限公司", true),
      ("红柳第一加油站12号", "红柳第一加油站13号", false), ("红柳装备有限公司", "胡杨软件有限公司", false), ("有限公司", "公司", false),
    ])
  func similarNames(name: String, other: String, areAlike: Bool) {
    let pairs = search([name, other, "别的东西厂", "另外一家"])
    #expect(pairs.count == (areAlike ? 1 : 0), "\(pairs)")
  }

  @Test("the same organisation code weighs most, and reasons add up")
  func codes() {
    let pairs = search(
      ["甲厂一", "乙店二", "丙社", "丙社"],
      codes: ["91650203YYY000089N", "92650203YYY000089X", "91650203YYY000097H", "91650203YYY000105X"])
    #expect(pairs.map { [$0.key, $0.other] } == [["0", "1"], ["2", "3"]])
    #expect(pairs[0].reasons == [.organisation("YYY000089")])
    let both = search(["甲厂", "甲厂"], codes: ["91650203YYY000089N", "92650203YYY000089X"])
    #expect(both.map(\.reasons.count) == [2])
  }

  @Test("what was decided is not proposed, and no more is told than was asked for")
  func bounded() {
    var search = DuplicateSearch()
    for number in 0..<3_000 {
      let record = search.add(key: String(number))
      search.add(name: "同名公司", of: record)
      search.add(name: "又名\(number % 2)", of: record)
    }
    let all = search.report(limit: 7) { _, _ in false }
    #expect(all.pairs.count == 7 && all.records == 3_000)
    let decided = search.report(limit: 7) { key, other in key == "0" || other == "0" }
    #expect(decided.pairs.allSatisfy { $0.key != "0" && $0.other != "0" })
  }

  @Test("alike names are found whatever stands around them", arguments: [1, 2, 3] as [UInt64])
  func complete(seed: UInt64) {
    var state = seed
    func next(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(below))
    }
    let signs = (0..<400).compactMap { UnicodeScalar(0x4E00 + $0 * 7) }.map(Character.init)
    var names = (0..<600).map { _ in String((0..<10).map { _ in signs[next(signs.count)] }) }
    var expected: Set<[String]> = []
    for number in stride(from: 0, to: 600, by: 30) {
      var changed = Array(names[number])
      changed[next(10)] = "改"
      expected.insert([String(number), String(names.count)])
      names.append(String(changed))
    }
    let found = Set(search(names, limit: 1_000).map { [$0.key, $0.other] })
    #expect(found.isSuperset(of: expected))
  }
}
