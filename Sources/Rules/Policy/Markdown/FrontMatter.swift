import Diagnostics
import Yams

/// The keys of a small YAML mapping, each with its place. Nothing is interpreted beyond texts and lists of texts or maps.
struct FrontMatter {
  struct Entry {
    var texts: [String]
    var maps: [[String: String]]
    var place: SourcePlace
  }

  private(set) var entries: [String: Entry] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  private let file: String
  private let lineOffset: Int

  /// - Parameter lineOffset: lines of the file before the YAML begins.
  init(_ yaml: String, file: String, lineOffset: Int) {
    self.file = file
    self.lineOffset = lineOffset
    guard !yaml.trimmed.isEmpty else { return }
    if yaml.contains("&") || yaml.contains("*") {
      // Anchors could make a small text huge; no pack needs them.
      if let position = anchorLine(in: yaml) {
        diagnostics.append(Diagnostic("policy.yaml.anchor", at: place(line: position)))
        return
      }
    }
    do {
      guard let node = try Yams.compose(yaml: yaml) else { return }
      read(node)
    } catch let error as YamlError {
      diagnostics.append(yamlDiagnostic(error))
    } catch {
      diagnostics.append(Diagnostic("policy.yaml.syntax", at: place(line: 1), ["detail": "\(error)"]))
    }
  }

  func text(_ key: String) -> String? { entries[key]?.texts.first }
  func texts(_ key: String) -> [String] { entries[key]?.texts ?? [] }

  private mutating func read(_ node: Node) {
    guard case .mapping(let mapping) = node else {
      diagnostics.append(Diagnostic("policy.yaml.syntax", at: place(line: 1), ["detail": "key: value"]))
      return
    }
    for (key, value) in mapping {
      guard let name = key.string else { continue }
      let place = place(line: key.mark?.line ?? 1, column: key.mark?.column ?? 1)
      entries[name] = Entry(texts: texts(of: value), maps: maps(of: value), place: place)
    }
  }

  private func texts(of node: Node) -> [String] {
    switch node {
    case .scalar(let scalar): [scalar.string]
    case .sequence(let sequence): sequence.compactMap { $0.scalar?.string }
    default: []
    }
  }

  private func maps(of node: Node) -> [[String: String]] {
    guard case .sequence(let sequence) = node else { return [] }
    return sequence.compactMap { item in
      guard case .mapping(let mapping) = item else { return nil }
      var map: [String: String] = [:]
      for (key, value) in mapping { if let name = key.string { map[name] = value.scalar?.string ?? "" } }
      return map
    }
  }

  private func place(line: Int, column: Int = 1) -> SourcePlace {
    SourcePlace(file: file, line: line + lineOffset, column: column)
  }

  private func yamlDiagnostic(_ error: YamlError) -> Diagnostic {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      Diagnostic("policy.yaml.syntax", at: place(line: mark.line, column: mark.column), ["detail": problem])
    default: Diagnostic("policy.yaml.syntax", at: place(line: 1), ["detail": "\(error)"])
    }
  }

  /// The line of the first `&name` or `*name` that stands where YAML would read an anchor or alias.
  private func anchorLine(in yaml: String) -> Int? {
    for (number, line) in yaml.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let value = line.drop { $0 != ":" && $0 != "-" }.dropFirst().drop { $0 == " " || $0 == "[" }
      if value.hasPrefix("&") || value.hasPrefix("*") { return number + 1 }
    }
    return nil
  }
}
