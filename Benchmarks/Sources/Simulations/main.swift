import Diagnostics
import FEEL
import Foundation
import Policy
import Population
import Store

// Every number of a pack moved over the firms of a column file, as a slider moves it, from the root of the repository:
// `Simulations PACK FILE.columns AS-OF [DIMENSION|- [PARAMETER]]`.

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

/// The most memory this process has held.
func peakMiB() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
  return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
}

func show(_ what: String, _ time: Double, _ rest: String = "") {
  print(String(format: "%9.1f ms  ", time * 1000) + what + (rest.isEmpty ? "" : "  (\(rest))"))
}

let arguments = CommandLine.arguments
guard arguments.count >= 4, let asOf = CalendarDate(arguments[3]) else {
  print("usage: Simulations PACK FILE.columns AS-OF [DIMENSION [PARAMETER]]")
  exit(64)
}
let (folder, problems) = PackFolder.read(arguments[1])
guard let folder else { refuse(problems) }
let (rulebook, diagnostics) = Rulebook.read(folder.main, using: folder.used)
if diagnostics.contains(where: { $0.severity == .error }) { refuse(diagnostics) }
let snapshot = try Snapshot.read(columnFile: arguments[2], by: rulebook.dictionary)

let facts = snapshot.population.facts(by: rulebook.dictionary)
let (baseTime, simulation) = seconds {
  Simulation(rulebook, over: snapshot.population, facts: { facts }, asOf: asOf, interpretedRows: 0)
}
show(
  "the base of \(simulation.schemes.count) schemes over \(simulation.count) subjects", baseTime,
  "\(simulation.interpreted) outcomes asked of the interpreter, \(simulation.leftOut.count) schemes left out")
let (groupTime, grouping) = try seconds {
  SimulationGrouping(
    simulation, by: arguments.count > 4 && arguments[4] != "-" ? try simulation.dimension(arguments[4]) : nil)
}
show("grouped into \(grouping.dimension.groups.count)", groupTime)

/// From one end to the other; more for a parameter that is looked at by itself.
let stepCount = arguments.count > 5 ? 50 : 5
var steps: [Double] = []
for parameter in rulebook.parameters where arguments.count <= 5 || parameter.name == arguments[5] {
  guard let scale = parameter.scale else { continue }
  // Where the slider stops.
  let stops =
    (scale.high - scale.low).flatMap { $0.divided(by: scale.step) }?.rounded(toScale: 0, .down)?.scaled(by: 0) ?? 0
  let values = (0...stepCount).compactMap { step in
    (scale.step * Decimal128(Int(stops) * step / stepCount)).flatMap { scale.low + $0 }
  }
  let texts = values.map(scale.text)
  let sound = texts.compactMap { try? rulebook.overrides([parameter.name: $0]) }
  let (focusTime, focus) = seconds { simulation.focus(on: [parameter.name: sound.compactMap { $0[parameter.name] }]) }
  var own: [Double] = [], changed = 0, asked = 0
  for overrides in sound {
    let (time, result) = seconds {
      let variant = simulation.variant(.init(overrides: overrides), focus: focus)
      asked = max(asked, variant.interpreted)
      return grouping.compare(variant)
    }
    own.append(time)
    changed = max(changed, result.changed.count)
  }
  steps += own
  show(
    "\(parameter.name): the slowest of \(own.count) steps", own.max() ?? 0,
    "\(changed) schemes; \(focus == nil ? "no focus" : String(format: "focus %.0f ms", focusTime * 1000)); \(asked) asked"
  )
}
steps.sort()
if !steps.isEmpty {
  print(
    String(
      format: "%d steps: median %.1f ms, nine of ten within %.1f ms, the slowest %.1f ms; peak %d MiB", steps.count,
      steps[steps.count / 2] * 1000, steps[steps.count * 9 / 10] * 1000, steps[steps.count - 1] * 1000, peakMiB()))
}
