import Foundation
import TestKit
import Testing

@testable import silian

extension CommandTests {
  @Test("the commands a README shows give what it shows", arguments: ["README.md", "README.zh-CN.md"])
  func readme(file: String) async throws {
    FileManager.default.changeCurrentDirectoryPath(Checkout.root.path)
    let copies = "w07"
    try #require(!FileManager.default.fileExists(atPath: copies), "\(copies) is in the way")
    defer { try? FileManager.default.removeItem(atPath: copies) }
    let shown = try ReadmeCommand.all(in: String(contentsOfFile: file, encoding: .utf8))
    #expect(shown.count >= 5)
    for command in shown {
      let run = await run(command.arguments)
      #expect(run.output.trimmingCharacters(in: .newlines) == command.output, "\(command.arguments)")
    }
  }
}

/// A `$ silian …` line of a README with the output below it.
private struct ReadmeCommand {
  var arguments: [String]
  var output: String

  static func all(in page: String) -> [ReadmeCommand] {
    var commands: [ReadmeCommand] = []
    var isOpen = false
    for line in page.components(separatedBy: "\n") {
      if line.hasPrefix("$ silian ") {
        commands.append(ReadmeCommand(arguments: words(String(line.dropFirst(9))), output: ""))
        isOpen = true
      } else if line.hasPrefix("```") {
        isOpen = false
      } else if isOpen {
        commands[commands.count - 1].output += (commands[commands.count - 1].output.isEmpty ? "" : "\n") + line
      }
    }
    return commands
  }

  /// Splits a command line at spaces outside double quotes.
  private static func words(_ line: String) -> [String] {
    line.components(separatedBy: "\"").enumerated().flatMap { index, part in
      index.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [part]
    }
  }
}
