import ArgumentParser
import Diagnostics
import Tabulation

/// What a person says of the columns of a table.
struct ColumnDecisions: ParsableArguments {
  @Flag(help: HelpText.help("cli.option.confirm"))
  var confirm = false

  @Option(help: HelpText.help("cli.option.column", valueName: "number=heading"))
  var column: [String] = []

  @Option(help: HelpText.help("cli.option.leave", valueName: "number"))
  var leave: [String] = []

  var isEmpty: Bool { !confirm && column.isEmpty && leave.isEmpty }

  /// Single columns first, then whatever else is proposed.
  func apply(to proposal: inout Proposal) throws(Diagnostic) {
    for text in column {
      let place = SourcePlace(file: "--column")
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw Diagnostic("cli.usage.column", at: place, ["text": text]) }
      try proposal.shape.assign(
        heading: parts[1], toColumn: try number(parts[0], at: place), of: proposal.type, at: place)
    }
    for text in leave {
      let place = SourcePlace(file: "--leave")
      let number = try number(text, at: place)
      _ = try proposal.shape.column(number, at: place)
      proposal.shape.decline(column: number)
    }
    if confirm { proposal.confirmAll() }
  }

  private func number(_ text: String, at place: SourcePlace) throws(Diagnostic) -> Int {
    if let number = ColumnName.number(of: text) { return number }
    throw Diagnostic("cli.usage.column", at: place, ["text": text])
  }
}
