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

let arguments = CommandLine.arguments.dropFirst().filter { $0 != "--kinds" }
let own = arguments.count == 4 ? arguments[0] : "Benchmarks/workload"
let given = Array(arguments.suffix(3))
guard given.count == 3, let limit = Int(given[1]), let threads = Int(given[2]) else {
  print("usage: Workload [PACK] CSVFILE ROWS THREADS [--kinds]; the pack is Benchmarks/workload unless given")
  exit(64)
}
let (folder, problems) = PackFolder.read(own)
guard let folder else { fatalError(problems.map { $0.description(in: .english) }.joined(separator: "\n")) }
let (rulebook, diagnostics) = Rulebook.read(folder.main, using: folder.used)
guard !diagnostics.contains(where: { $0.severity == .error }), let subject = rulebook.subjectType else {
  fatalError(diagnostics.map { $0.description(in: .english) }.joined(separator: "\n"))
}
let table = try IntegerTable(path: given[0], limit: limit)
let population = Population(tables: [subject.name: table.columns(of: subject)])
let names = Dictionary(
  rulebook.allDecisions.compactMap { decision in decision.id.map { ($0, decision.name) } }, uniquingKeysWith: { $1 })
let targets = outputs.compactMap { names[$0] }.map { PopulationPlan.Target.decision($0) }
guard let asOf = CalendarDate("2026-06-30"), targets.count == outputs.count else { fatalError("a decision is missing") }

/// A plan for some of the outputs; all of them are computed by columns.
func plan(for targets: [PopulationPlan.Target], overrides: [String: Value] = [:]) -> PopulationPlan {
  let plan = PopulationPlan(rulebook, over: population, asOf: asOf, overrides: overrides, targets: targets)
  for entry in plan.entries {
    if let why = entry.unsupported { fatalError("\(entry.target.name): \(why.text(in: .english))") }
  }
  return plan
}

func series(_ name: String, _ results: PopulationResults) -> PopulationResults.Series {
  guard let series = names[name].flatMap({ results.series[.decision($0)] }) else { fatalError(name) }
  return series
}

/// By district and tier: how many, their totals, how many are listed, how many miss something (aggregate n), four by four.
func aggregate(_ results: PopulationResults, _ districts: [Int64]) -> [Int64] {
  let all = ["tier", "total", "whitelist", "missing_mask"].map { series($0, results) }
  var sums = [Int64](repeating: 0, count: 12 * 5 * 4)
  for start in stride(from: 0, to: results.count, by: 4_096) {
    let rows = start..<min(start + 4_096, results.count)
    let columns = all.map { one in
      var numbers = [Int64](repeating: 0, count: rows.count)
      one.read(rows, into: &numbers)
      return numbers
    }
    let (tiers, totals, lists, missing) = (columns[0], columns[1], columns[2], columns[3])
    for index in 0..<rows.count {
      let group = (Int(districts[start + index]) * 5 + Int(tiers[index])) * 4
      sums[group] += 1
      sums[group + 1] += totals[index]
      sums[group + 2] += lists[index] == 2 ? 1 : 0
      sums[group + 3] += missing[index] != 0 ? 1 : 0
    }
  }
  return sums
}

let total = names["total"].map { [PopulationPlan.Target.decision($0)] } ?? []

/// Totals by district when a parameter is another, with nothing kept from before: read from the pack to the sums.
func whatIf(_ overrides: [String: Value], _ districts: [UInt8]) throws -> [Int64] {
  totals(try plan(for: total, overrides: overrides).results(threads: threads), districts)
}

/// By district, as eight sums that do not wait for each other.
func totals(_ results: PopulationResults, _ districts: [UInt8]) -> [Int64] {
  var sums = [Int64](repeating: 0, count: 8 * 16)
  let totals = series("total", results)
  for start in stride(from: 0, to: results.count, by: 4_096) {
    let rows = start..<min(start + 4_096, results.count)
    var numbers = [Int64](repeating: 0, count: rows.count)
    totals.read(rows, into: &numbers)
    sums.withUnsafeMutableBufferPointer { sums in
      numbers.withUnsafeBufferPointer { numbers in
        districts.withUnsafeBufferPointer { districts in
          for index in numbers.indices { sums[(index & 7) << 4 | Int(districts[start + index] & 15)] += numbers[index] }
        }
      }
    }
  }
  return (0..<12).map { district in (0..<8).reduce(0) { $0 + sums[$1 << 4 | district] } }
}

func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

let whole = plan(for: targets), districts = table.values(of: "district")
let summary = whole.summary
FileHandle.standardError.write(
  Data("\(table.count) rows, \(summary.steps) steps, \(summary.bytesPerRow) bytes per row of a block\n".utf8))
if CommandLine.arguments.contains("--kinds") {
  for (kind, steps) in summary.kinds.sorted(by: { $0.value > $1.value }) { print(steps, kind) }
}
let memory = ResultMemory()
var last: PopulationResults? = try whole.results(threads: threads, in: memory)
var sums: [Int64] = []
var times: [Double] = [], aggregating: [Double] = []
for _ in 0..<7 {
  last = nil
  times.append(
    try seconds {
      let results = try whole.results(threads: threads, in: memory)
      aggregating.append(seconds { sums = aggregate(results, districts) })
      last = results
    })
}
FileHandle.standardError.write(Data("of which the aggregate: \(median(aggregating)) s\n".utf8))
guard let results = last, results.doubtful.isEmpty else { fatalError("rows are the interpreter's") }
let checks = outputs.map { name -> String in
  let series = series(name, results)
  var sum: Int64 = 0, weighted: Int64 = 0
  for row in 0..<results.count {
    let value = series[row] ?? 0
    sum += value
    weighted += value * (Int64(table.identifiers[row]) % 97 + 1)
  }
  return "\"\(name)\": [\(sum), \(weighted)]"
}
let text = "{" + checks.sorted().joined(separator: ", ") + "}"
var changed: [Int64] = []
let overrides = try rulebook.overrides(["interest_pct_small": "25"]), codes = districts.map { UInt8($0) }
let scratch = try (0..<5).map { _ in try seconds { changed = try whatIf(overrides, codes) } }

/// The same with all that does not rest on the parameter kept.
guard
  let residual = ResidualPlan(
    rulebook, over: population, asOf: asOf, moving: overrides.mapValues { [$0] }, targets: total, threads: threads)
else { fatalError("the parameter cannot be moved") }
FileHandle.standardError.write(
  Data("what is left of the total: \(residual.stepCount) steps, \(residual.keptBytesPerRow) bytes kept per row\n".utf8))
let keptMemory = ResultMemory()
let cached = (0..<21).map { _ in
  seconds {
    guard let results = residual.results(overrides, threads: threads, in: keptMemory) else { fatalError() }
    guard totals(results, codes) == changed else { fatalError("other totals with what was kept") }
  }
}
/// Single firms, here and there, each with its total read.
let sample = (0..<20_000).map { $0 * 7_919 % max(table.count, 1) }
let singles = (0..<5).map { _ in
  seconds { whole.forEach(in: sample) { _, _, answer in if let total = total.first { _ = answer(total) } } }
}
print(
  "RESULT {\"engine\": \"silian t=\(threads)\", \"mode\": \"mat\", \"rows\": \(table.count), "
    + "\"median_s\": \(median(times)), \"rss_mb\": \(peakMiB()), \"whatif_scratch_ms\": \(median(scratch) * 1000), "
    + "\"whatif_cached_ms\": \(median(cached) * 1000), \"single_us\": \(median(singles) * 1e6 / Double(sample.count)), "
    + "\"whatif\": \(changed), \"total\": \(stride(from: 1, to: sums.count, by: 4).reduce(0) { $0 + sums[$1] }), \"checks\": \(text), "
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
