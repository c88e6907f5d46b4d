import Diagnostics
import FEEL
import Foundation
import Policy
import Population
import Store

// The workload "enterprise policy 14" by the engine that runs every other pack: `Workload CSVFILE ROWS THREADS`.
// Reads the CSV, computes the fourteen decisions of Benchmarks/workload for every row, and prints a RESULT line.

/// Columns in the order in which the results are checked.
let outputs = [
  "sme_class", "tech_sme_score", "tech_sme", "hnte_hard", "growth_score", "hnte", "sssr_score", "sssr", "tier",
  "interest_disc", "tu_disc", "gua_sub", "angel", "ipo", "total", "kv_score", "kv_grade", "kv_limit", "whitelist",
  "missing_mask",
]

func seconds(_ body: () throws -> Void) rethrows -> Double {
  let time = try ContinuousClock().measure(body)
  return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
}

let arguments = CommandLine.arguments
guard arguments.count >= 4, let limit = Int(arguments[2]), let threads = Int(arguments[3]) else {
  print("usage: Workload CSVFILE ROWS THREADS, from the root of the repository")
  exit(64)
}
let (folder, problems) = PackFolder.read("Benchmarks/workload")
guard let folder else { fatalError(problems.map { $0.description(in: .english) }.joined(separator: "\n")) }
let (rulebook, diagnostics) = Rulebook.read(folder.main, using: folder.used)
guard !diagnostics.contains(where: { $0.severity == .error }), let subject = rulebook.subjectType else {
  fatalError(diagnostics.map { $0.description(in: .english) }.joined(separator: "\n"))
}
let table = try IntegerTable(path: arguments[1], limit: limit)
let population = Population(tables: [subject.name: table.columns(of: subject)])
let names = Dictionary(
  rulebook.allDecisions.compactMap { decision in decision.id.map { ($0, decision.name) } }, uniquingKeysWith: { $1 })
let targets = outputs.compactMap { names[$0] }.map { PopulationPlan.Target.decision($0) }
guard let asOf = CalendarDate("2026-06-30"), targets.count == outputs.count else { fatalError("a decision is missing") }
let plan = PopulationPlan(rulebook, over: population, asOf: asOf, targets: targets)
for entry in plan.entries {
  if let why = entry.unsupported { fatalError("\(entry.target.name): \(why.text(in: .english))") }
}
let summary = plan.summary
FileHandle.standardError.write(
  Data("\(table.count) rows, \(summary.steps) steps, \(summary.bytesPerRow) bytes per row of a block\n".utf8))
if CommandLine.arguments.contains("--kinds") {
  for (kind, steps) in summary.kinds.sorted(by: { $0.value > $1.value }) { print(steps, kind) }
}

var last: PopulationResults? = try plan.results(threads: threads)
var times: [Double] = []
var processor: [Double] = []
for _ in 0..<7 {
  let before = clock()
  times.append(try seconds { last = try plan.results(threads: threads, inMemoryOf: last.take()) })
  processor.append(Double(clock() - before) / Double(CLOCKS_PER_SEC))
}
FileHandle.standardError.write(Data("processor time, least: \(processor.min() ?? 0) s\n".utf8))
guard let results = last else { fatalError("no results") }
guard results.doubtful.isEmpty else { fatalError("\(results.doubtful.count) rows are the interpreter's") }
let checks = outputs.enumerated().map { index, name -> String in
  guard let series = results.series[targets[index]] else { fatalError(name) }
  var sum: Int64 = 0, weighted: Int64 = 0
  for row in 0..<results.count {
    let value = series[row] ?? 0
    sum += value
    weighted += value * (Int64(table.identifiers[row]) % 97 + 1)
  }
  return "\"\(name)\": [\(sum), \(weighted)]"
}
let text = "{" + checks.sorted().joined(separator: ", ") + "}"
times.sort()
print(
  "RESULT {\"engine\": \"silian \(threads) threads\", \"mode\": \"mat\", \"rows\": \(table.count), "
    + "\"median_s\": \(times[times.count / 2]), \"rss_mb\": \(peakMiB()), \"checks\": \(text), "
    + "\"digest\": \"\(try digest(of: text))\"}")

/// The first twelve digits of the SHA-256 of a text, by the system's own tool.
func digest(of text: String) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
  let input = Pipe(), output = Pipe()
  process.standardInput = input
  process.standardOutput = output
  try process.run()
  try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  try input.fileHandleForWriting.close()
  let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return String(answer.prefix(12))
}

/// The most memory this process has held.
func peakMiB() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
  return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
}
