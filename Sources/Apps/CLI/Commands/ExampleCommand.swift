import ArgumentParser
import Diagnostics
import FEEL
import JSON
import Policy
import Store

/// Lists the examples of a pack, or copies one out as a folder of facts that `explain` and `run` take.
struct ExampleCommand: ConsoleCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "example", abstract: HelpText.of("cli.example.abstract"))
  }

  @Argument(help: HelpText.help("cli.argument.pack"))
  var pack: String

  @Option(help: HelpText.help("cli.option.example", valueName: "name"))
  var name: String?

  @Option(help: HelpText.help("cli.option.out", valueName: "folder"))
  var out: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if (name == nil) != (out == nil) { throw ValidationError(HelpText.of("cli.usage.example")) }
  }

  func perform(on console: Console) throws -> CommandStatus {
    let rulebook = try Rulebook.sound(pack)
    guard let name, let out else {
      list(rulebook, on: console)
      return .fine
    }
    guard let example = rulebook.examples.first(where: { $0.name == name }) else {
      let near = nearWord(to: name, among: rulebook.examples.map(\.name)) ?? "—"
      throw Diagnostic("policy.example.base", at: SourcePlace(file: "--name"), ["name": name, "near": near])
    }
    try write(example, of: rulebook, to: out)
    tell(example, of: rulebook, in: out, on: console)
    return .fine
  }

  private func list(_ rulebook: Rulebook, on console: Console) {
    if output.json {
      let examples = rulebook.examples.map { example -> JSONValue in
        [
          "name": .string(example.name), "asOf": .optional(date(of: example, in: rulebook)),
          "place": .string(example.place.description),
        ]
      }
      console.print(["examples": .array(examples)])
      return
    }
    var columns = TextColumns(.left, .left, .left)
    for example in rulebook.examples {
      columns.add(example.name, date(of: example, in: rulebook) ?? "", example.place.description)
    }
    for line in columns.lines(indent: 0) { console.print(line) }
  }

  private func write(_ example: Example, of rulebook: Rulebook, to out: String) throws {
    let (facts, problems) = rulebook.facts(of: example)
    guard problems.isEmpty else { throw Refusal(problems) }
    try OutputFolder.create(out)
    for type in rulebook.dictionary.types {
      guard let table = facts[type.name] else { continue }
      let (header, rows) = table.rows(of: type)
      var writer = try CSVWriter(path: OutputFolder.path(type.id + ".csv", in: out))
      try writer.write(header)
      for row in rows { try writer.write(row) }
      try writer.close()
    }
    try Provenance(
      pack: rulebook.main.id, isSynthetic: true, asOf: rulebook.asOf(of: example), seed: nil, example: example.name
    ).write(to: out)
  }

  /// The command that evaluates the copy as the example is evaluated.
  private func tell(_ example: Example, of rulebook: Rulebook, in out: String, on console: Console) {
    let sets = rulebook.overrides(of: example).map { " --set \("\($0.parameter)=\($0.value)".shellQuoted)" }.joined()
    let command = "silian run \(pack) --data \(out) --as-of \(date(of: example, in: rulebook) ?? "")\(sets)"
    if output.json {
      console.print(["out": .string(out), "command": .string(command)])
    } else {
      console.print(console.text("cli.example.done", ["out": out, "command": command]))
    }
  }

  private func date(of example: Example, in rulebook: Rulebook) -> String? { rulebook.asOf(of: example)?.description }
}

extension String {
  /// As one word of a shell: in single quotes when it holds more than letters, digits and harmless signs.
  fileprivate var shellQuoted: String {
    if allSatisfy({ $0.isLetter || $0.isNumber || "=._-:/".contains($0) }) { return self }
    return "'" + replacing("'", with: "'\\''") + "'"
  }
}
