import ArgumentParser
import Diagnostics
import FEEL
import JSON
import Policy
import Store
import Tabulation

/// A workbook to be filled in, which imports back without questions.
struct DataTemplateCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "template", abstract: HelpText.of("cli.data.template.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @Argument(help: HelpText.help("cli.argument.record"))
  var record: String

  @Option(help: HelpText.help("cli.option.workbook-out", valueName: "file"))
  var out: String

  @Option(help: HelpText.help("cli.option.years", valueName: "years"))
  var years: String?

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) throws -> CommandStatus {
    let type = try Rulebook.sound(pack).recordType(named: record)
    let years = try years(of: type)
    try SheetPath.check(out)
    // One that is being filled in is not to be lost.
    if case .missing = FileKind(path: out) {} else { throw Diagnostic("store.file.exists", at: SourcePlace(file: out)) }
    try BlankTemplate(for: type, years: years, language: console.language).write(to: out)
    if output.json {
      console.print([
        "out": .string(out), "record": .string(type.name), "years": .array(years.map { .integer($0) }),
      ])
    } else {
      console.print(console.text("cli.data.template.done", ["out": out, "record": type.name]))
    }
    return .fine
  }

  /// Those asked for, or as many before this year as the type keeps.
  private func years(of type: RecordType) throws(Diagnostic) -> [Int] {
    guard let years else {
      let now = DateTime.present().date.year
      return Array((now - (type.fields.compactMap(\.years).max() ?? 0))..<now)
    }
    let problem = Diagnostic("cli.usage.years", at: SourcePlace(file: "--years"), ["text": years])
    var all: [Int] = []
    for part in years.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
      let numbers = ends.compactMap { $0.count == 4 ? Int($0) : nil }
      guard (1...2).contains(ends.count), numbers.count == ends.count, let first = numbers.first,
        let last = numbers.last,
        first <= last, last - first < Self.mostYears
      else { throw problem }
      all += first...last
    }
    guard all.count <= Self.mostYears else { throw problem }
    return all
  }

  private static let mostYears = 30
}

/// Where a workbook is written.
enum SheetPath {
  /// A workbook by another name would not be known for one.
  static func check(_ path: String) throws(Diagnostic) {
    guard path.lowercased().hasSuffix(".xlsx") else {
      throw Diagnostic("cli.usage.xlsx", at: SourcePlace(file: path))
    }
  }
}
