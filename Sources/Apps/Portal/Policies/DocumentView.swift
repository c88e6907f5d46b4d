import API
import Diagnostics
import FEEL
import Policy

/// One policy document as a page: its head, its coverage, its clauses in order.
struct DocumentView {
  let pack: Pack
  let document: PolicyDocument
  let rulebook: Rulebook
  let today: CalendarDate
  let words: Words

  var path: String { Anchor.href(pack: pack.id, document: document.id) }

  var page: Page {
    Page(
      template: "document", title: document.title,
      view: [
        "pack": ["title": pack.title] as View,
        "document": [
          "issuer": document.issuer, "title": document.title, "meta": meta(isShort: false), "coverage": coverageLine,
          "counts": counts,
        ] as View,
        "contents": ContentsTree(document).views, "sections": sections,
      ],
      section: .policies)
  }

  /// 发文字号, dates, validity; the short form for lists.
  func meta(isShort: Bool) -> [View] {
    let figures = FigureText(words: words)
    let notGiven = words("document.not-given")
    let issued = document.issued.map { text in CalendarDate(text).map(figures.date) ?? text }
    let inForce = figures.period(document.inForce) + (document.inForceNote.map(words.bracketed) ?? "")
    var rows: [View] = [
      fact("number", document.number, otherwise: notGiven), fact("issued", issued, otherwise: notGiven),
      ["term": words("document.in-force"), "value": inForce], ["term": words("document.validity"), "value": validity],
    ].compactMap { $0 }
    if isShort { return [["term": words("document.issuer"), "value": document.issuer, "pack": true]] + rows }
    rows += [fact("basis", document.basis), fact("repeals", document.repeals), fact("note", document.note)]
      .compactMap { $0 }
    return rows
  }

  private func fact(_ key: String, _ value: String?, otherwise: String? = nil) -> View? {
    guard let shown = value ?? otherwise else { return nil }
    return ["term": words("document.\(key)"), "value": shown, "pack": value != nil]
  }

  private var validity: String {
    let key: String
    if document.inForce.contains(today) {
      key = "valid"
    } else {
      key = (document.inForce.from.map { today < $0 } ?? false) ? "not-yet" : "expired"
    }
    return words("document.\(key)", ["date": today.description])
  }

  var coverageLine: String {
    let counts = rulebook.coverage(of: document).counts
    var arguments = ["total": String(rulebook.coverage(of: document).total)]
    for state in Coverage.State.allCases { arguments[state.rawValue] = String(counts[state] ?? 0) }
    let line = words("coverage.line", arguments)
    guard let silent = counts[.silent], silent > 0 else { return line }
    return line + words("coverage.silent", ["count": String(silent)])
  }

  private var counts: [View] {
    let counts = rulebook.coverage(of: document).counts
    return Coverage.State.allCases.compactMap { state in
      guard let count = counts[state], count > 0 else { return nil }
      return state.view(words).merging(
        ["count": String(count), "meaning": words("coverage.\(state.rawValue)-means")])
    }
  }

  private var sections: [View] {
    document.sections.enumerated().map { index, section in
      let isTitle = index == 0 && section.heading == document.title
      let depth = min(6, max(2, section.level + (document.startsWithTitle ? 0 : 1)))
      let constructs = ConstructView(words: words, depth: min(6, depth + 1))
      return [
        "anchor": Anchor.section(section, at: index), "heading": isTitle ? nil : heading(section, depth: depth),
        "bodies": bodies(section).map { ["rows": $0] as View },
        "prose": section.prose.map { ["text": $0.unwrapped] as View }, "note": section.note,
        "notComputable": section.notComputable,
        "constructs": constructs.views(section.constructs.filter { !$0.isExample }, in: section),
        "examples": examples(of: section, constructs),
      ]
    }
  }

  /// Examples prove the clause; they stand together, folded, behind what they prove.
  private func examples(of section: Section, _ constructs: ConstructView) -> View? {
    let examples = section.constructs.filter(\.isExample)
    guard !examples.isEmpty else { return nil }
    let summary = words("example.group", ["count": String(examples.count)])
    return ["summary": summary, "constructs": examples.map(constructs.view)]
  }

  private func heading(_ section: Section, depth: Int) -> View {
    let state = section.clause.map { _ in rulebook.state(of: section, in: document) }
    return [
      "depth": String(depth), "number": section.shownNumber, "text": section.heading,
      "state": state.map { $0.view(words) },
    ]
  }

  private func bodies(_ section: Section) -> [View]? {
    let rows = [("lead", section.lead), ("responsible", section.responsible), ("refs", section.refs)].compactMap {
      key, names -> View? in
      guard !names.isEmpty else { return nil }
      return ["term": words("field.\(key)"), "value": words.packList(names)]
    }
    return rows.isEmpty ? nil : rows
  }
}

extension PolicyDocument {
  /// Whether the Markdown opens with the document's own title as its first heading.
  var startsWithTitle: Bool { sections.first.map { $0.heading == title && $0.level == 1 } ?? false }
}

extension String {
  /// One line: lines wrapped by the author are joined, with a blank only between Latin letters or digits.
  var unwrapped: String {
    split(whereSeparator: \.isNewline).reduce(into: "") { text, line in
      let needsBlank = (text.last?.isASCII ?? false) && (line.first?.isASCII ?? false)
      text += (needsBlank ? " " : "") + line
    }
  }
}

extension Section {
  /// The clause's number, unless the heading begins with it.
  var shownNumber: String? { clause.flatMap { heading.hasPrefix($0) ? nil : $0 } }
}

extension Coverage.State {
  func view(_ words: Words) -> View {
    ["class": rawValue, "word": words(self == .silent ? "coverage.silent-word" : "coverage.\(rawValue)")]
  }
}
