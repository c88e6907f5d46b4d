import Diagnostics
import Foundation
import JSON

/// Where a command writes: answers to one stream, everything about them to the other.
final class Console {
  private var output: any TextOutputStream
  private var errors: any TextOutputStream
  /// Whether somebody watches, so that progress is worth showing.
  let showsProgress: Bool
  /// Whether Ctrl-C is for the command to answer.
  let endsOnInterrupt: Bool
  var language: Language = .chinese

  init(
    output: any TextOutputStream, errors: any TextOutputStream, showsProgress: Bool = false,
    endsOnInterrupt: Bool = false
  ) {
    self.output = output
    self.errors = errors
    self.showsProgress = showsProgress
    self.endsOnInterrupt = endsOnInterrupt
  }

  static var standard: Console {
    Console(
      output: StandardStream(.standardOutput), errors: StandardStream(.standardError), showsProgress: isatty(2) == 1,
      endsOnInterrupt: true)
  }

  func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    Catalogue.shared.text(key, in: language, arguments)
  }

  func print(_ line: String = "") { output.write(line.withoutControls + "\n") }

  func print(_ value: JSONValue) { output.write(value.text(.pretty) + "\n") }

  func complain(_ line: String) { errors.write(line.withoutControls + "\n") }

  /// Replaces the line that tells how far the work is.
  func progress(_ line: String) {
    if showsProgress { errors.write("\r\u{1B}[K" + line.withoutControls) }
  }

  func endProgress() {
    if showsProgress { errors.write("\r\u{1B}[K") }
  }

  /// Tells why nothing was done.
  func report(_ refusal: Refusal, asJSON: Bool) -> CommandStatus {
    if asJSON {
      print(["diagnostics": .array(refusal.diagnostics.map { $0.json(in: language) })])
    } else {
      for diagnostic in refusal.diagnostics { complain(diagnostic.description(in: language)) }
    }
    return CommandStatus(refusal.diagnostics)
  }
}

/// A command's "no": it has changed nothing.
struct Refusal: Error {
  var diagnostics: [Diagnostic]

  init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

private struct StandardStream: TextOutputStream {
  private let handle: FileHandle

  init(_ handle: FileHandle) { self.handle = handle }

  mutating func write(_ string: String) { try? handle.write(contentsOf: Data(string.utf8)) }
}

extension String {
  /// Packs and facts are others' texts: nothing in them may steer the terminal.
  fileprivate var withoutControls: String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? "\u{FFFD}" : $0 }))
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool {
    properties.generalCategory == .control && self != "\n" && self != "\t"
      || (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
  }
}

extension Diagnostic {
  func json(in language: Language) -> JSONValue {
    [
      "code": .string(code), "severity": .string(severity.rawValue), "problem": .string(problem(in: language)),
      "remedy": .optional(remedy(in: language)),
      "place": ["file": .string(place.file), "line": .integer(place.line), "column": .integer(place.column)],
    ]
  }
}
