import Diagnostics
import Foundation
import Policy
import Population
import Store

// CSV into columns, into a column file, and back: `Columns PACK FOLDER`, from the root of the repository.

func seconds<Result>(_ body: () throws -> Result) rethrows -> (Double, Result) {
  let clock = ContinuousClock(), start = clock.now
  let result = try body()
  let time = start.duration(to: clock.now).components
  return (Double(time.seconds) + Double(time.attoseconds) / 1e18, result)
}

func refuse(_ diagnostics: [Diagnostic]) -> Never {
  for diagnostic in diagnostics.prefix(20) { print(diagnostic.description(in: .english)) }
  exit(1)
}

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
  print("usage: Columns PACK FOLDER")
  exit(64)
}
let (folder, problems) = PackFolder.read(arguments[1])
guard let folder else { refuse(problems) }
let (rulebook, diagnostics) = Rulebook.read(folder.main, using: folder.used)
if diagnostics.contains(where: { $0.severity == .error }) { refuse(diagnostics) }
let dictionary = rulebook.dictionary

/// The most memory this process has held.
func peakMiB() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
  return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
}

func show(_ what: String, _ time: Double, _ megabytes: Double) {
  print(
    what.padding(toLength: 34, withPad: " ", startingAt: 0)
      + String(format: "%9.1f ms %9.1f MB %9.0f MB/s", time * 1000, megabytes, megabytes / time))
}

for threads in [1, 2] {
  let (time, (snapshot, wrong)) = seconds { Snapshot.read(at: arguments[2], by: dictionary, threads: threads) }
  guard let snapshot else { refuse(wrong) }
  let read = Double(snapshot.sources.reduce(0) { $0 + $1.bytes }) / 1e6
  show("CSV into columns, \(threads) threads", time, read)
  guard threads == 2 else { continue }
  print("peak \(peakMiB()) MiB; rows: \(snapshot.population.tables.mapValues(\.count).sorted { $0.key < $1.key })")
  let out = NSTemporaryDirectory() + "measured.columns"
  let (writing, path) = try seconds { try snapshot.write(to: out, by: dictionary) }
  let size = Double((try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0) / 1e6
  show("columns into a column file", writing, size)
  for (what, isVerifying) in [
    ("opened and verified", true), ("opened and verified again", true), ("opened only", false),
  ] {
    let (opening, _) = try seconds {
      try Snapshot.read(columnFile: path, by: dictionary, isVerifying: isVerifying)
    }
    show(what, opening, size)
  }
  try FileManager.default.removeItem(atPath: path)
}
