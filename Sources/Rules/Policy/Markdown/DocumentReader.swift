import Diagnostics

/// Splits a document into sections and constructs. Collects every problem and goes on.
struct DocumentReader {
  private(set) var diagnostics: [Diagnostic] = []
  private let file: String

  init(file: String) { self.file = file }

  mutating func read(_ text: String) -> RawDocument {
    let (frontMatter, count) = splitFrontMatter(text)
    var document = RawDocument(file: file, frontMatter: frontMatter, sections: [])
    var open = Openings(expectsFields: true)
    for block in MarkdownReader.blocks(of: text, file: file, skippingLines: count) {
      add(block, to: &document, &open)
    }
    return document
  }

  /// Which fields and bodies the current heading still takes.
  private struct Openings {
    var expectsFields = false
    var inConstruct = false
  }

  private mutating func add(_ block: Block, to document: inout RawDocument, _ open: inout Openings) {
    switch block {
    case .heading(let level, let line):
      open = Openings(expectsFields: true)
      if let (keyword, name) = constructHeading(line) {
        open.inConstruct = true
        let construct = RawConstruct(keyword: keyword, name: name, fields: .init(), tables: [], prose: [])
        if document.sections.isEmpty { document.sections.append(emptySection(at: line.place)) }
        document.sections[document.sections.count - 1].constructs.append(construct)
      } else {
        document.sections.append(
          RawSection(heading: line, level: level, fields: .init(), prose: [], constructs: []))
      }
    case .list(let items) where open.expectsFields:
      open.expectsFields = false
      let fields = fields(items)
      update(&document, open, section: { $0.fields = fields }, construct: { $0.fields = fields })
    case .list(let items):
      let text = items.map { "- " + $0.line.text }.joined(separator: "\n")
      update(&document, open, section: { $0.prose.append(text) }, construct: { $0.prose.append(text) })
    case .table(let table):
      open.expectsFields = false
      update(&document, open, section: { $0.tables.append(table) }, construct: { $0.tables.append(table) })
    case .code(let info, let text, let place) where info == "feel":
      open.expectsFields = false
      update(&document, open, section: { _ in }, construct: { $0.feel = Line(text: text, place: place) })
    case .paragraph(let line):
      open.expectsFields = false
      update(&document, open, section: { $0.prose.append(line.text) }, construct: { $0.prose.append(line.text) })
    case .code: open.expectsFields = false
    }
  }

  private func update(
    _ document: inout RawDocument, _ open: Openings, section: (inout RawSection) -> Void,
    construct: (inout RawConstruct) -> Void
  ) {
    if document.sections.isEmpty { document.sections.append(emptySection(at: SourcePlace(file: file))) }
    let last = document.sections.count - 1
    let lastConstruct = document.sections[last].constructs.count - 1
    if open.inConstruct, lastConstruct >= 0 {
      construct(&document.sections[last].constructs[lastConstruct])
    } else {
      section(&document.sections[last])
    }
  }

  private func emptySection(at place: SourcePlace) -> RawSection {
    RawSection(heading: Line(text: "", place: place), level: 1, fields: .init(), prose: [], constructs: [])
  }

  /// `关键词：名称`, when the word before the colon is a construct's.
  private mutating func constructHeading(_ line: Line) -> (String, Line)? {
    guard let colon = line.text.firstIndex(where: { $0 == "：" || $0 == ":" }) else { return nil }
    let word = line.text[..<colon].trimmed
    let name = line.text[line.text.index(after: colon)...].trimmed
    guard let keyword = Keywords.shared.id(of: word, as: .construct) else {
      if let near = nearWord(to: word, among: Keywords.shared.words(as: .construct)), word.count <= 4 {
        diagnostics.append(
          Diagnostic("policy.keyword.unknown", .warning, at: line.place, ["word": word, "near": near]))
      }
      return nil
    }
    if name.isEmpty { diagnostics.append(Diagnostic("policy.name.empty", at: line.place, ["keyword": word])) }
    let offset = line.text.unicodeScalars.count - name.unicodeScalars.count
    return (keyword, Line(text: name, place: line.place.advanced(by: offset, in: line.text)))
  }

  private mutating func fields(_ items: [ListItem]) -> Fields {
    var fields = Fields()
    for item in items {
      guard let entry = field(item) else { continue }
      if fields[entry.id] != nil {
        diagnostics.append(Diagnostic("policy.field.twice", at: entry.word.place, ["field": entry.word.text]))
      } else {
        fields.entries.append(entry)
      }
    }
    return fields
  }

  private mutating func field(_ item: ListItem) -> Fields.Entry? {
    let line = item.line
    guard let colon = line.text.firstIndex(where: { $0 == "：" || $0 == ":" }) else {
      diagnostics.append(Diagnostic("policy.field.form", at: line.place, ["text": String(line.text.prefix(40))]))
      return nil
    }
    let word = line.text[..<colon].trimmed
    guard let id = Keywords.shared.id(of: word, as: .field) else {
      let near = nearWord(to: word, among: Keywords.shared.words(as: .field)) ?? "—"
      diagnostics.append(Diagnostic("policy.field.unknown", at: line.place, ["field": word, "near": near]))
      return nil
    }
    let text = line.text[line.text.index(after: colon)...]
    let value = text.trimmed
    let skipped = line.text.unicodeScalars.count - text.drop { $0.isWhitespace }.unicodeScalars.count
    var values: [FieldValue] = []
    if !value.isEmpty {
      values.append(FieldValue(line: Line(text: value, place: line.place.advanced(by: skipped, in: line.text))))
    }
    values += item.children.map { FieldValue(line: $0.line) }
    return Fields.Entry(id: id, word: Line(text: word, place: line.place), values: values)
  }

  /// The YAML between two `---` lines at the very top, and how many lines it takes.
  private mutating func splitFrontMatter(_ text: String) -> (String, Int) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first?.trimmed == "---" else { return ("", 0) }
    guard let end = lines.dropFirst().firstIndex(where: { $0.trimmed == "---" }) else {
      diagnostics.append(Diagnostic("policy.front-matter.open", at: SourcePlace(file: file)))
      return ("", 0)
    }
    return (lines[1..<end].joined(separator: "\n"), end + 1)
  }
}
