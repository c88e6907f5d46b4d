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
