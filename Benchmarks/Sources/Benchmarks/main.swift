import Diagnostics
import FEEL

// Prints rates, each with a baseline run beside it on this machine, now. Run from the root of the repository.
do {
  guard let asOf = CalendarDate("2026-10-15") else { fatalError("no such day") }
  try FEELRates.parsing().write()
  try FEELRates.typing().write()
  try FEELRates.evaluation().write()
  let firms = try CheckUpTime(pack: "packs/karamay", data: "packs/karamay/demo/fixed", asOf: asOf)
  firms.types().write()
  try firms.line(traces: false).write()
  try firms.line(traces: true).write()
  try PeerRates.write()
} catch let diagnostic as Diagnostic {
  print(diagnostic.description(in: .english))
}
