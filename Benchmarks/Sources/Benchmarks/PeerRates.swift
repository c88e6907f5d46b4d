import DMN
import Diagnostics
import FEEL
import Foundation

/// The same expressions and the same table by other engines, run now on this machine: bkflow-feel and zen-engine, both from
/// PyPI. `peers/peers.py` does their part.
struct PeerRates {
  /// What all of them can read, bkflow-feel being the narrowest: numbers of one kind, no branches, no rounding.
  private static let expressions = [
    "credit <= 10000000 and rate = 20", "interest * rate + 400",
    "credit > 5000000 and credit <= 10000000 or rate != 10",
    "(interest - 1000) * (rate + 10) >= 36000", "interest between 1 and 400000",
  ]
  /// The same in zen's spelling.
  private static let zenExpressions = [
    "credit <= 10000000 and rate == 20", "interest * rate + 400",
    "credit > 5000000 and credit <= 10000000 or rate != 10", "(interest - 1000) * (rate + 10) >= 36000",
    "interest >= 1 and interest <= 400000",
  ]
  private static let facts: [String: Value] = [
    "credit": .number(8_000_000), "interest": .number(348_000), "rate": .number(20),
  ]
  private static let inputs = ["credit", "interest"]
  private static let rules: [(tests: [String], share: String)] = [
    (["<= 1000000", "-"], "0.30"), (["[1000001..5000000]", "< 100000"], "0.25"),
    (["[1000001..5000000]", ">= 100000"], "0.22"), (["[5000001..10000000]", "< 100000"], "0.21"),
    (["[5000001..10000000]", ">= 100000"], "0.20"), (["> 10000000", "< 100000"], "0.15"),
    (["> 10000000", ">= 100000"], "0.10"), (["-", "-"], "0"),
  ]

  /// Prints a line for each peer that could be run; says how when none is there.
  static func write() throws {
    guard let python = ProcessInfo.processInfo.environment["PEERS_PYTHON"], !python.isEmpty else {
      print("Peers were not measured: PEERS_PYTHON names no Python with Benchmarks/peers/requirements.txt")
      return
    }
    let peers = try measurePeers(python)
    let names = KnownNames(facts.keys)
    let scope = Bindings(facts)
    let fresh = try nanosecondsPerRound {
      for source in expressions { _ = try Expression(parsing: source, names: names).evaluate(in: scope).value }
    }
    let count = Double(expressions.count)
    write("FEEL read and evaluated", fresh / count, beside: "bkflow-feel", peers)
    let read = try expressions.map { try Expression(parsing: $0, names: names) }
    let again = nanosecondsPerRound { for expression in read { _ = expression.evaluate(in: scope).value } }
    write("FEEL evaluated, read before", again / count, beside: "zen-expressions", peers)
    let model = try table()
    let values = Dictionary(uniqueKeysWithValues: facts.map { (ElementName($0.key), $0.value) })
    let answer = try model.evaluate(decision: "share", inputs: values)
    guard let share = Decimal128("0.2"), answer.value.isEqual(to: .number(share)) == true else {
      fatalError("the table gives \(answer.value), not 0.2: \(answer.warnings)")
    }
    let decided = try nanosecondsPerRound { _ = try model.evaluate(decision: "share", inputs: values) }
    write("Decision table of eight rules", decided, beside: "zen-table", peers)
  }

  private static func write(_ what: String, _ nanoseconds: Double, beside peer: String, _ peers: [String: Double]) {
    guard let other = peers[peer] else {
      print("\(what): \(Int(nanoseconds)) ns; \(peer) was not measured")
      return
    }
    let ratio = (other / nanoseconds * 10).rounded() / 10
    print("\(what): \(Int(nanoseconds)) ns; \(peer) \(Int(other)) ns; \(ratio) times as fast")
  }

  private static func measurePeers(_ python: String) throws -> [String: Double] {
    let table: [String: Any] = [
      "inputs": inputs, "rules": rules.map { ["inputs": $0.tests, "output": $0.share] as [String: Any] },
      "expected": "0.2",
    ]
    let work: [String: Any] = ["expressions": expressions, "zenExpressions": zenExpressions, "table": table]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["Benchmarks/peers/peers.py"]
    let input = Pipe(), output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: JSONSerialization.data(withJSONObject: work))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    return Dictionary(
      lines.compactMap { line in line.count == 2 ? Double(line[1]).map { (String(line[0]), $0) } : nil },
      uniquingKeysWith: { $1 })
  }

  private static func table() throws -> LinkedModel {
    let names = KnownNames(inputs)
    let table = DecisionTable(
      hitPolicy: .first, inputs: try inputs.map { .init(expression: try Expression(parsing: $0, names: names)) },
      outputs: [.init()],
      rules: try rules.map { rule in
        .init(
          inputs: try rule.tests.map { try UnaryTests(parsing: $0, names: names) },
          outputs: [try Expression(parsing: rule.share)], place: place)
      }, place: place)
    let facts = inputs.map {
      Element.input(InputData(id: $0, variable: InformationItem($0, type: "number"), place: place))
    }
    let decision = Decision(
      id: "share", variable: InformationItem("share", type: "number"),
      requirements: inputs.map { Requirement(.information, Reference($0)) }, expression: .table(table), place: place)
    return LinkedModel(
      DecisionModel(name: "peer", namespace: "urn:peer", elements: facts + [.decision(decision)], place: place))
  }

  private static let place = SourcePlace(file: "benchmark")
}
