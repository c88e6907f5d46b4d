import Policy

/// The headings of a document as a tree.
struct ContentsTree {
  private struct Entry {
    var anchor: String
    var number: String?
    var text: String
    var level: Int
  }

  private let entries: [Entry]

  init(_ document: PolicyDocument) {
    entries = document.sections.enumerated().compactMap { index, section in
      guard !(index == 0 && section.heading == document.title) else { return nil }
      return Entry(
        anchor: Anchor.section(section, at: index), number: section.shownNumber, text: section.heading,
        level: section.level)
    }
  }

  var views: [View] { views(of: entries[...]) }

  /// Each entry takes the deeper ones that follow it. Levels are at most six, and so is the depth.
  private func views(of entries: ArraySlice<Entry>) -> [View] {
    var views: [View] = []
    var rest = entries
    while let entry = rest.popFirst() {
      let below = rest.prefix { $0.level > entry.level }
      rest = rest.dropFirst(below.count)
      views.append([
        "anchor": entry.anchor, "number": entry.number, "text": entry.text, "hasChildren": !below.isEmpty,
        "children": self.views(of: below),
      ])
    }
    return views
  }
}
