import ArgumentParser
import Diagnostics
import FEEL
import Foundation
import JSON
import Policy
import Store
import Synthesis

struct SynthesizeCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "synthesize", abstract: HelpText.of("cli.synthesize.abstract"))
  }

  @Option(help: HelpText.help("cli.option.region", valueName: "folder"))
  var region: String

  @Option(help: HelpText.help("cli.option.count", valueName: "number"))
  var count: Int?

  @Option(help: HelpText.help("cli.option.seed", valueName: "number"))
  var seed: UInt64?

  @Option(help: HelpText.help("cli.option.out", valueName: "folder"))
  var out: String

  @Option(help: HelpText.help("cli.option.threads", valueName: "number"))
  var threads: Int?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let threads, !(1...256).contains(threads) { throw ValidationError(HelpText.of("cli.usage.threads")) }
    if let count, !(0...100_000_000).contains(count) { throw ValidationError(HelpText.of("cli.usage.count")) }
  }

  func perform(on console: Console) throws -> CommandStatus {
    let folder = RegionFolder(path: region)
    let rulebook = try Rulebook.sound(try folder.packPath())
    let file = try folder.rules()
    let (region, problems) = Region.read(file.text, file: file.path, dictionary: rulebook.dictionary)
    guard let region else { throw Refusal(problems) }
    let fixed = try folder.fixedRows(rulebook.dictionary)
    let synthesizer = Synthesizer(
      region, dictionary: rulebook.dictionary, fixed: fixed, count: count, seed: seed)
    let counts = try write(synthesizer, rulebook, console)
    try Provenance(pack: rulebook.main.id, isSynthetic: true, asOf: region.asOf, seed: seed ?? region.seed)
      .write(to: out)
    tell(counts, asOf: region.asOf.description, on: console)
    return .fine
  }

  private func write(
    _ synthesizer: Synthesizer, _ rulebook: Rulebook, _ console: Console
  ) throws(Diagnostic) -> [(record: String, file: String, rows: Int)] {
    try OutputFolder.create(out)
    let workers = threads ?? min(ProcessInfo.processInfo.activeProcessorCount, 256)
    var counts: [(record: String, file: String, rows: Int)] = []
    for table in synthesizer.tables {
      let name = (rulebook.dictionary[table.record]?.id ?? table.record) + ".csv"
      var writer = try CSVWriter(path: OutputFolder.path(name, in: out))
      var rows = 0
      try writer.write(table.header)
      try synthesizer.forEachBlock(of: table, workers: workers) { block throws(Diagnostic) in
        try block.withBytes { bytes throws(Diagnostic) in try writer.write(bytes) }
        rows += block.rows
        console.progress(console.text("cli.synthesize.progress", ["record": table.record, "rows": String(rows)]))
      }
      try writer.close()
      counts.append((table.record, name, rows))
    }
    console.endProgress()
    return counts
  }

  private func tell(_ counts: [(record: String, file: String, rows: Int)], asOf: String, on console: Console) {
    if output.json {
      let tables = counts.map { table -> JSONValue in
        ["record": .string(table.record), "file": .string(table.file), "rows": .integer(table.rows)]
      }
      console.print(["out": .string(out), "asOf": .string(asOf), "tables": .array(tables)])
      return
    }
    console.print(console.text("cli.synthesize.done", ["out": out, "date": asOf]))
    var columns = TextColumns(.left, .right, .left)
    for table in counts { columns.add(table.record, String(table.rows), table.file) }
    for line in columns.lines(indent: 2) { console.print(line) }
  }
}
