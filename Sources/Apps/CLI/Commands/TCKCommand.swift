import ArgumentParser
import Conformance
import Diagnostics
import JSON
import Store

/// Runs the public conformance kit, or any folder in its form.
struct TCKCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "tck", abstract: HelpText.of("cli.tck.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.kit"))
  var folder: String

  @Option(help: HelpText.help("cli.option.report", valueName: "file"))
  var report: String?

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    var done = 0
    let result = try ConformanceKit(folder: folder).run { _ in
      done += 1
      if done.isMultiple(of: 100) { console.progress(console.text("cli.tck.progress", ["done": String(done)])) }
    }
    console.endProgress()
    if let report { try OutputFolder.write(result.csv, to: report) }
    if output.json {
      console.print(json(result, in: console.language))
    } else {
      write(result, to: console)
    }
    return result.failures.isEmpty ? .fine : .problems
  }

  private func write(_ report: ConformanceReport, to console: Console) {
    for failure in report.failures {
      let problem = failure.problem?.problem(in: console.language) ?? ""
      console.print("✗ \(failure.level)/\(failure.folder)/\(failure.file) \(failure.id): \(problem)")
    }
    if !report.failures.isEmpty { console.print() }
    var columns = TextColumns(.left, .right, .right)
    columns.add(
      console.text("cli.tck.level"), console.text("cli.tck.cases"), console.text("cli.tck.with-value"))
    for level in report.levels + [report.total] {
      columns.add(
        level.name.isEmpty ? console.text("cli.tck.total") : level.name, "\(level.passed) / \(level.total)",
        "\(level.passedWithValue) / \(level.totalWithValue)")
    }
    for line in columns.lines(indent: 0) { console.print(line) }
    console.print(console.text("cli.tck.note"))
  }

  private func json(_ report: ConformanceReport, in language: Language) -> JSONValue {
    func counts(_ level: ConformanceReport.Level) -> JSONValue {
      [
        "name": .string(level.name), "passed": .integer(level.passed), "cases": .integer(level.total),
        "passedWithValue": .integer(level.passedWithValue), "casesWithValue": .integer(level.totalWithValue),
      ]
    }
    return [
      "levels": .array(report.levels.map(counts)), "total": counts(report.total),
      "failures": .array(
        report.failures.map { failure in
          [
            "level": .string(failure.level), "folder": .string(failure.folder), "file": .string(failure.file),
            "id": .string(failure.id), "problem": .optional(failure.problem?.problem(in: language)),
          ]
        }),
    ]
  }
}
