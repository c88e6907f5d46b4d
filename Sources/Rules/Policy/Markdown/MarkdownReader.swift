import CMarkGFM
import Diagnostics

/// Reads Markdown into blocks. cmark-gfm finds the blocks; their text is taken from the source lines, so that nothing
/// of a FEEL expression is eaten as emphasis and every cell keeps its place.
struct MarkdownReader {
  private let file: String
  private let lines: [Substring]
  /// Lines of the file before the Markdown begins (its front matter).
  private let offset: Int

  static func blocks(of markdown: String, file: String, skippingLines offset: Int = 0) -> [Block] {
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
    return MarkdownReader(file: file, lines: lines, offset: offset).read()
  }

  private func read() -> [Block] {
    cmark_gfm_core_extensions_ensure_registered()
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return [] }
    defer { cmark_parser_free(parser) }
    if let tables = cmark_find_syntax_extension("table") { cmark_parser_attach_syntax_extension(parser, tables) }
    let text = lines.dropFirst(offset).joined(separator: "\n")
    cmark_parser_feed(parser, text, text.utf8.count)
    guard let document = cmark_parser_finish(parser) else { return [] }
    defer { cmark_node_free(document) }
    return children(of: document).compactMap(block)
  }

  private func block(_ node: Node) -> Block? {
    switch String(cString: cmark_node_get_type_string(node)) {
    case "heading": heading(node)
    case "list": .list(children(of: node).map { item($0, depth: 0) })
    case "table": .table(table(node))
    case "code_block": code(node)
    case "paragraph": .paragraph(line(from: firstLine(node), to: lastLine(node)))
    default: nil
    }
  }

  private func heading(_ node: Node) -> Block {
    let number = firstLine(node)
    let raw = source(number)
    let indent = raw.prefix { $0 == " " || $0 == "#" || $0 == "\t" }
    var text = raw.dropFirst(indent.count)
    while let last = text.last, last == "#" || last.isWhitespace { text.removeLast() }
    let place = SourcePlace(file: file, line: number, column: indent.unicodeScalars.count + 1)
    return .heading(level: Int(cmark_node_get_heading_level(node)), Line(text: String(text), place: place))
  }

  private func code(_ node: Node) -> Block {
    let info = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
    let text = cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    let indent = source(firstLine(node)).prefix { $0 == " " }.count
    let place = SourcePlace(file: file, line: firstLine(node) + 1, column: indent + 1)
    return .code(info: info.trimmed, text: text, place: place)
  }

  /// Lists deeper than ten are read as flat text: no field needs them.
  private func item(_ node: Node, depth: Int) -> ListItem {
    var own = Line(text: "", place: SourcePlace(file: file, line: firstLine(node)))
    var nested: [ListItem] = []
    for child in children(of: node) {
      switch String(cString: cmark_node_get_type_string(child)) {
      case "paragraph" where own.text.isEmpty: own = line(from: firstLine(child), to: lastLine(child))
      case "list" where depth < 10: nested += children(of: child).map { item($0, depth: depth + 1) }
      default: break
      }
    }
    return ListItem(line: own, children: nested)
  }

  private func table(_ node: Node) -> RawTable {
    let rows = children(of: node).map { cells(ofLine: firstLine($0)) }
    let place = SourcePlace(file: file, line: firstLine(node))
    let width = rows.first?.count ?? 0
    let even = rows.dropFirst().map { padded($0, to: width, at: place) }
    return RawTable(header: rows.first ?? [], rows: Array(even), place: place)
  }

  private func padded(_ row: [RawTable.Cell], to width: Int, at place: SourcePlace) -> [RawTable.Cell] {
    if row.count >= width { return Array(row.prefix(width)) }
    let empty = RawTable.Cell("", at: row.last?.place ?? place)
    return row + Array(repeating: empty, count: width - row.count)
  }

  /// Splits a table row at its unescaped pipes.
  private func cells(ofLine number: Int) -> [RawTable.Cell] {
    var cells: [RawTable.Cell] = []
    var text = ""
    var start = 1
    var column = 1
    var escaped = false
    func close() {
      let leading = text.prefix { $0.isWhitespace }.unicodeScalars.count
      cells.append(.init(text.trimmed, at: SourcePlace(file: file, line: number, column: start + leading)))
    }
    for scalar in source(number).unicodeScalars {
      column += 1
      if scalar == "|", !escaped {
        close()
        text = ""
        start = column
      } else if scalar == "|" {
        text.removeLast()
        text.unicodeScalars.append(scalar)
      } else {
        text.unicodeScalars.append(scalar)
      }
      escaped = scalar == "\\" && !escaped
    }
    close()
    if cells.first?.text.isEmpty == true { cells.removeFirst() }
    if cells.last?.text.isEmpty == true { cells.removeLast() }
    return cells
  }

  /// Source lines joined, without list markers and indentation; the place is that of the first character.
  private func line(from first: Int, to last: Int) -> Line {
    guard first <= last else { return Line(text: "", place: SourcePlace(file: file, line: first)) }
    let head = source(first)
    let indent = markerLength(head)
    let rest = (first + 1 <= last ? Array((first + 1)...last) : []).map { source($0).description.trimmed }
    let text = ([String(head.dropFirst(indent)).trimmed] + rest).joined(separator: "\n")
    return Line(text: text, place: SourcePlace(file: file, line: first, column: indent + 1))
  }

  /// The blanks, list markers and quote marks before a line's text.
  private func markerLength(_ line: Substring) -> Int {
    let blanks = line.prefix { $0 == " " || $0 == "\t" || $0 == ">" }
    let rest = line.dropFirst(blanks.count)
    guard let marker = rest.first, "-*+".contains(marker), rest.dropFirst().first == " " else { return blanks.count }
    let after = rest.dropFirst().prefix { $0 == " " }.count
    return blanks.count + 1 + after
  }

  private typealias Node = OpaquePointer

  private func children(of node: Node) -> [Node] {
    var result: [Node] = []
    var child = cmark_node_first_child(node)
    while let node = child {
      result.append(node)
      child = cmark_node_next(node)
    }
    return result
  }

  private func firstLine(_ node: Node) -> Int { Int(cmark_node_get_start_line(node)) + offset }
  private func lastLine(_ node: Node) -> Int { Int(cmark_node_get_end_line(node)) + offset }
  private func source(_ number: Int) -> Substring {
    lines.indices.contains(number - 1) ? lines[number - 1] : ""
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.isBlank }), let last = scalars.lastIndex(where: { !$0.isBlank })
    else { return "" }
    return String(self[first...last])
  }
}

extension Unicode.Scalar {
  fileprivate var isBlank: Bool {
    isASCII ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
  }
}
