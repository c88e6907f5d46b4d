import Diagnostics

/// A document as typed: front matter, sections, constructs with their fields and tables, nothing understood yet.
struct RawDocument {
  var file: String
  var frontMatter: String
  var sections: [RawSection]
}

struct RawSection {
  var heading: Line
  var level: Int
  var fields: Fields
  var prose: [String]
  var tables: [RawTable] = []
  var constructs: [RawConstruct]
}

/// `### 关键词：名称` and what stands under it.
struct RawConstruct {
  /// The keyword's id.
  var keyword: String
  var name: Line
  var fields: Fields
  var tables: [RawTable]
  var feel: Line?
  var prose: [String]

  var place: SourcePlace { name.place }
}

/// The bullet fields of a heading.
struct Fields {
  struct Entry {
    var id: String
    var word: Line
    var values: [FieldValue]
  }

  var entries: [Entry] = []

  subscript(id: String) -> Entry? { entries.first { $0.id == id } }

  /// The first value of a field, without its note.
  func text(_ id: String) -> String? { self[id]?.values.first?.text }
  func value(_ id: String) -> FieldValue? { self[id]?.values.first }

  /// The names in a field, split at `、`, each with its place; notes and words such as 未给出 are left out.
  func mentions(_ id: String) -> [Mention] {
    (self[id]?.values ?? []).flatMap { $0.names }.filter { name in
      !["not-given", "none", "no-rule", "outside"].contains { Keywords.shared.isWord(name.text, $0) }
    }.map { Mention(field: id, name: $0.text, place: $0.place) }
  }

  /// All values of a field, each split at `、`, without notes.
  func names(_ id: String) -> [String] {
    (self[id]?.values ?? []).flatMap { $0.text.split(separator: "、").map { $0.trimmed } }.filter { !$0.isEmpty }
  }
}

/// A value as typed; `text` is without a closing note in full-width brackets.
struct FieldValue {
  var line: Line

  var place: SourcePlace { line.place }
  var raw: String { line.text }
  var text: String { split.text }
  var note: String? { split.note }

  /// What stands between `、` outside brackets, without notes.
  var names: [Line] {
    var names: [Line] = []
    var depth = 0, start = 0
    let scalars = Array(raw.unicodeScalars)
    for (index, scalar) in (scalars + ["、"]).enumerated() {
      if scalar == "（" { depth += 1 }
      if scalar == "）" { depth -= 1 }
      guard scalar == "、", depth == 0 || index == scalars.count else { continue }
      let part = String(String.UnicodeScalarView(scalars[start..<index]))
      let spaces = part.unicodeScalars.prefix { $0 == " " }.count
      let name = FieldValue(line: Line(text: part.trimmed, place: place.advanced(by: start + spaces, in: raw)))
      if !name.text.isEmpty { names.append(Line(text: name.text, place: name.place)) }
      start = index + 1
    }
    return names
  }

  private var split: (text: String, note: String?) {
    let full = line.text.trimmed
    guard full.hasSuffix("）") else { return (full, nil) }
    var depth = 0
    for index in full.indices.reversed() {
      if full[index] == "）" { depth += 1 }
      if full[index] == "（" { depth -= 1 }
      if depth == 0 {
        let note = full[full.index(after: index)...].dropLast()
        return (full[..<index].trimmed, String(note))
      }
    }
    return (full, nil)
  }
}
