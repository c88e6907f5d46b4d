import Diagnostics
import FEEL
import TestKit
import Testing

@testable import Policy
@testable import Population

/// Facts, their columns, and the records read from the columns: the interpreter must not be able to tell the first from the last.
@Suite("Records of columns", .timeLimit(.minutes(30)))
struct ColumnRecordsTests {
  @Test(
    "give the check-ups of the facts that the columns were made of",
    arguments: ["national", "chongqing", "karamay"], [UInt64(1), 2, 3])
  func checkUps(pack: String, seed: UInt64) throws {
    let rulebook = try Packs.rulebook(pack)
    let asOf = try #require(CalendarDate(year: 2026, month: 6, day: 30))
    var draw = FactsDraw(rulebook, seed: 900 + seed)
    let facts = draw.facts(subjects: 20)
    let read = Population(facts, dictionary: rulebook.dictionary).facts(by: rulebook.dictionary)
    let keys = (facts[rulebook.subjectType?.name ?? ""]?.rows ?? FactRows()).map(\.key)
    #expect(keys.count == 20)
    for key in keys {
      let wanted = try rulebook.checkUp(of: key, facts: facts, asOf: asOf)
      let got = try rulebook.checkUp(of: key, facts: read, asOf: asOf)
      #expect(Told(got).differences(from: Told(wanted)) == [], "\(key)")
    }
  }

  @Test("give random packs the same", arguments: 0..<12 as Range<UInt64>)
  func randomPacks(seed: UInt64) throws {
    let (rulebook, _) = Rulebook.read(PackDraw.pack(seed: 4_000 + seed, size: 8).source)
    var draw = RandomFacts(seed: 4_000 + seed)
    let facts = draw.facts(firms: 12, longest: 0)
    let population = Population(facts, dictionary: rulebook.dictionary)
    let asOf = try #require(CalendarDate(year: 2024, month: 6, day: 30))
    guard let subject = rulebook.subjectType, population.unsuitable.isEmpty else { return }
    let read = population.facts(by: rulebook.dictionary)
    for row in facts[subject.name]?.rows ?? FactRows() {
      let wanted = try? rulebook.checkUp(of: row.key, facts: facts, asOf: asOf)
      let got = try? rulebook.checkUp(of: row.key, facts: read, asOf: asOf)
      #expect(got.map(Told.init) == wanted.map(Told.init), "\(row.key)")
    }
  }

  @Test("have the cells of the facts, as columns can hold them")
  func cells() throws {
    let rulebook = try Packs.rulebook("karamay")
    var draw = FactsDraw(rulebook, seed: 5)
    let facts = draw.facts(subjects: 30)
    let population = Population(facts, dictionary: rulebook.dictionary)
    let read = population.facts(by: rulebook.dictionary, file: "firms.columns")
    #expect(Set(read.tables.keys) == Set(facts.tables.keys))
    for (type, table) in facts.tables {
      let own = try #require(read[type])
      #expect(own.rows.map(\.key) == table.rows.map(\.key))
      for (number, (row, kept)) in zip(table.rows, own.rows).enumerated() {
        #expect(kept.place == SourcePlace(file: "firms.columns", line: number + 1))
        #expect(own[row.key]?.key == row.key)
        for field in rulebook.dictionary[type]?.fields ?? []
        where population.unsuitable[type]?.contains(field.name) != true {
          #expect(Told.cell(kept[field.name]) == Told.cell(row[field.name]), "\(type) \(row.key) \(field.name)")
          if case .reference(let key)? = row[field.name] {
            let lists = [table, own].map { $0.rows(where: field.name, refersTo: key).map(\.key) }
            #expect(key == "nowhere" || lists[0] == lists[1])
          }
        }
      }
      #expect(own["nowhere"] == nil && own[""] == nil)
    }
  }

  @Test("take more facts beside those of the columns")
  func merging() throws {
    let small = try SmallRules.rulebook(), place = SourcePlace(file: "form")
    let facts = SmallRules.facts(count: 10)
    var both = [facts, Population(facts, dictionary: small.dictionary).facts(by: small.dictionary)]
    for number in both.indices {
      var table = try #require(both[number]["企业"])
      table.merge(FactRow(key: "F3", cells: ["类别": .value(.string("甲"))], place: place))
      table.merge(FactRow(key: "new", cells: ["类别": .value(.string("甲"))], place: place))
      table.merge(FactRow(key: "new", cells: ["人数": .value(.number(7))], place: place))
      both[number]["企业"] = table
    }
    let asOf = try #require(CalendarDate(year: 2026, month: 6, day: 30))
    #expect(both[1]["企业"]?.rows.map(\.key) == both[0]["企业"]?.rows.map(\.key))
    for key in ["F2", "F3", "new"] {
      let told = try both.map { Told(try small.checkUp(of: key, facts: $0, asOf: asOf)) }
      #expect(told[0] == told[1])
    }
    #expect(facts["企业"]?["F3"]?.cells["类别"].map { "\($0)" }?.contains("丁") == true)
  }
}

/// What a check-up says, without where its facts stand.
private struct Told: Equatable {
  var lines: [String] = []

  init(_ checkUp: CheckUp) {
    lines.append("\(checkUp.enterprise)")
    for scheme in checkUp.schemes {
      let reasons = scheme.reasons.map { $0.text(in: .english) }
      lines.append("\(scheme.scheme.name) \(scheme.verdict) \(scheme.amount?.description ?? "–") \(reasons)")
      for outcome in scheme.outcomes {
        lines.append(
          "\(outcome.subject) \(outcome.verdict) \(outcome.governedBy) \(outcome.amount?.description ?? "–")")
        lines += outcome.missing.map { "\($0.record.map { "\($0)" } ?? "–") \($0.name) \($0.kind)" }
        for node in outcome.conditions.flatMap(\.trace) + outcome.trace { add(node, depth: 1) }
      }
    }
  }

  /// The first lines that are not the same.
  func differences(from other: Told) -> [String] {
    let pairs = zip(lines, other.lines).filter { $0 != $1 }.map { "\($0), not \($1)" }
    return lines.count == other.lines.count ? Array(pairs.prefix(3)) : pairs.prefix(3) + ["other lines"]
  }

  private mutating func add(_ node: TraceNode, depth: Int) {
    let subject = node.subject.map { "\($0.type) \($0.key)" } ?? "–"
    lines.append("\(depth) \(node.kind) \(node.name) \(subject) \(node.value) \(node.isOpen) \(node.unit ?? "–")")
    for child in node.children { add(child, depth: depth + 1) }
  }

  static func cell(_ cell: FactRow.Cell?) -> String {
    switch cell {
    case nil: "–"
    case .some(.none): "none"
    case .value(let value)?: "\(value)"
    case .reference(let key)?: "to \(key == "nowhere" ? "" : key)"
    case .annual(let values)?:
      values.isEmpty
        ? "–"
        : values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.map { "\($0)" } ?? "none")" }
          .joined(separator: ", ")
    }
  }
}
