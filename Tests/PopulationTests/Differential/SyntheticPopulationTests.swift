import Diagnostics
import FEEL
import Store
import Synthesis
import TestKit
import Testing

@testable import Policy
@testable import Population

/// Every scheme and decision of the packs over the synthetic firms of every region that lies beside them, by both ways.
///
/// `make differential FIRMS=100000` does so for that many firms of each region.
@Suite("Synthetic firms by columns", .timeLimit(.minutes(600)))
struct SyntheticPopulationTests {
  static let regions = Checkout.files(in: "packs", endingIn: ["/region.yaml"]).map {
    String($0.dropLast("/region.yaml".count))
  }
  static let firms = DifferentialTests.environment["DIFFERENTIAL_FIRMS"].flatMap(Int.init) ?? 100
  /// Firms at a time: facts take kilobytes each.
  private static let portion = 1_000

  @Test("agree with the interpreter", arguments: regions)
  func firms(region path: String) throws {
    let folder = RegionFolder(path: Checkout.path(path))
    let pack = try #require(path.split(separator: "/").dropFirst().first.map(String.init))
    let rulebook = try Packs.rulebook(pack)
    let rules = try folder.rules()
    let region = try #require(Region.read(rules.text, file: rules.path, dictionary: rulebook.dictionary).0)
    let fixed = try folder.fixedRows(rulebook.dictionary)
    var differences: [String] = []
    var compared = 0
    for start in stride(from: 0, to: Self.firms, by: Self.portion) {
      let synthesizer = Synthesizer(
        region, dictionary: rulebook.dictionary, fixed: fixed, count: min(Self.portion, Self.firms - start),
        seed: region.seed &+ UInt64(start))
      let facts = facts(synthesizer, rulebook.dictionary)
      let found = Differential(rulebook, facts, region.asOf, [:], DifferentialCase.targets(rulebook))
      #expect(found.planned > 2 * found.unplanned.count)
      compared += found.compared
      differences += found.differences.map { "\($0.key) \($0.target): \($0.interpreted) / \($0.byColumns)" }
      if DifferentialTests.environment["DIFFERENTIAL_FIRMS"] != nil {
        print("\(path): \(start + Self.portion) firms, \(compared) values compared, \(differences.count) differences")
      }
      if differences.count > 100 { break }
    }
    #expect(differences.prefix(10) == [])
    #expect(compared > Self.firms * 20)
  }

  private func facts(_ synthesizer: Synthesizer, _ dictionary: DataDictionary) -> Facts {
    var reader = FactReader(dictionary: dictionary)
    for table in synthesizer.tables {
      var text = Array((table.header.joined(separator: ",") + "\n").utf8)
      synthesizer.forEachBlock(of: table, workers: 2) { block in block.withBytes { text += $0 } }
      let (raw, problems) = CSVTable.read(text, file: table.record)
      #expect(problems.isEmpty)
      if let raw { reader.add(raw, of: table.record) }
    }
    reader.close()
    return reader.facts
  }
}
