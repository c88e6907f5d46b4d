import Diagnostics
import Foundation
import Policy
import Population
import Store

// CSV into columns, into a column file, and back: `Columns PACK FOLDER`, from the root of the repository.

/// What a piece of work takes.
struct Spent {
  var seconds: Double
  /// Of all threads: what the work takes whatever else runs on the same cores.
  var processorSeconds: Double
}

func spent<Result>(_ body: () throws -> Result) rethrows -> (Spent, Result) {
  let watch = ContinuousClock(), start = watch.now, processor = clock()
  let result = try body()
  let processorSeconds = Double(clock() - processor) / Double(CLOCKS_PER_SEC)
  let time = start.duration(to: watch.now).components
  let seconds = Double(time.seconds) + Double(time.attoseconds) / 1e18
  return (Spent(seconds: seconds, processorSeconds: processorSeconds), result)
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

func show(_ what: String, _ spent: Spent, _ megabytes: Double) {
  print(
    what.padding(toLength: 34, withPad: " ", startingAt: 0)
      + String(
        format: "%9.1f ms %9.1f MB %9.0f MB/s %9.1f ms of processor", spent.seconds * 1000, megabytes,
        megabytes / spent.seconds, spent.processorSeconds * 1000))
}

for threads in [1, 2] {
  let (time, (snapshot, wrong)) = spent { Snapshot.read(at: arguments[2], by: dictionary, threads: threads) }
  guard let snapshot else { refuse(wrong) }
  let read = Double(snapshot.sources.reduce(0) { $0 + $1.bytes }) / 1e6
  show("CSV into columns, \(threads) threads", time, read)
  guard threads == 2 else { continue }
  print("peak \(peakMiB()) MiB; rows: \(snapshot.population.tables.mapValues(\.count).sorted { $0.key < $1.key })")
  let out = NSTemporaryDirectory() + "measured.columns"
  let (writing, path) = try spent { try snapshot.write(to: out, by: dictionary) }
  let size = Double((try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0) / 1e6
  show("columns into a column file", writing, size)
  for (what, isVerifying) in [
    ("opened and verified", true), ("opened and verified again", true), ("opened only", false),
  ] {
    let (opening, _) = try spent {
      try Snapshot.read(columnFile: path, by: dictionary, isVerifying: isVerifying)
    }
    show(what, opening, size)
  }
  try FileManager.default.removeItem(atPath: path)
}
