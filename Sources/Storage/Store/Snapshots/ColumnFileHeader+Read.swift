import Diagnostics
import JSON
import Population

extension ColumnFileHeader {
  /// - Parameter dataSize: bytes behind the header, in which all parts must lie.
  /// - Throws: `store.columns.header`.
  init(_ json: JSONValue, file: String, dataSize: Int) throws(Diagnostic) {
    let reader = Reader(file: file)
    self.dataSize = dataSize
    dictionary = try reader.text(json, "dictionary")
    let provenance = try reader.member(json, "provenance")
    self.provenance = provenance == .null ? nil : Provenance(provenance)
    sources = []
    for source in try reader.elements(json, "sources") {
      sources.append(
        Snapshot.Source(
          file: try reader.text(source, "file"), bytes: try reader.count(source, "bytes"),
          digest: try reader.text(source, "digest")))
    }
    parts = []
    for part in try reader.elements(json, "parts") {
      guard let digits = part[2]?.text, let checksum = UInt64(sixteenDigits: digits) else {
        throw reader.damage("parts")
      }
      let offset = try reader.count(part[0], "parts"), size = try reader.count(part[1], "parts")
      let (end, overflow) = offset.addingReportingOverflow(size)
      guard !overflow, end <= max(dataSize, 0), offset % ColumnFile.alignment == 0 else { throw reader.damage("parts") }
      parts.append(Part(offset: offset, size: size, checksum: checksum))
    }
    tables = []
    for table in try reader.elements(json, "tables") { tables.append(try reader.table(table)) }
  }

  /// Takes the header apart; whatever is missing or of another kind is damage.
  private struct Reader {
    let file: String

    func damage(_ what: String) -> Diagnostic {
      Diagnostic("store.columns.header", at: SourcePlace(file: file), ["what": what])
    }

    func member(_ value: JSONValue, _ name: String) throws(Diagnostic) -> JSONValue {
      guard let member = value[name] else { throw damage(name) }
      return member
    }

    func text(_ value: JSONValue, _ name: String) throws(Diagnostic) -> String {
      guard case .string(let text) = try member(value, name) else { throw damage(name) }
      return text
    }

    func elements(_ value: JSONValue, _ name: String) throws(Diagnostic) -> [JSONValue] {
      guard let elements = try member(value, name).elements else { throw damage(name) }
      return elements
    }

    func count(_ value: JSONValue, _ name: String) throws(Diagnostic) -> Int { try count(value[name], name) }

    func count(_ value: JSONValue?, _ name: String) throws(Diagnostic) -> Int {
      guard let number = whole(value), number >= 0, let count = Int(exactly: number) else { throw damage(name) }
      return count
    }

    func whole(_ value: JSONValue?) -> Int64? {
      guard case .number(let text)? = value else { return nil }
      return Int64(text)
    }

    func width(_ value: JSONValue) throws(Diagnostic) -> CellWidth {
      let bytes = try count(value, "width")
      guard let width = UInt8(exactly: bytes).flatMap(CellWidth.init) else { throw damage("width") }
      return width
    }

    func texts(_ value: JSONValue) throws(Diagnostic) -> Texts {
      Texts(
        bytes: try count(value, "bytes"), offsets: try count(value, "offsets"), width: try width(value),
        count: try count(value, "count"))
    }

    func table(_ value: JSONValue) throws(Diagnostic) -> Table {
      var columns: [Column] = []
      for column in try elements(value, "columns") { columns.append(try self.column(column)) }
      var children: [Children] = []
      for child in try elements(value, "children") {
        children.append(
          Children(
            field: try text(child, "field"), offsets: try count(child, "offsets"), rows: try count(child, "rows"),
            count: try count(child, "count")))
      }
      return Table(
        type: try text(value, "type"), rows: try count(value, "rows"), keys: try texts(member(value, "keys")),
        columns: columns, children: children, unsuitable: try elements(value, "unsuitable").compactMap(\.text))
    }

    func column(_ value: JSONValue) throws(Diagnostic) -> Column {
      var key = ColumnTable.Key(try text(value, "field"))
      if let year = value["year"] {
        guard let number = whole(year), let exact = Int(exactly: number) else { throw damage("year") }
        key.year = exact
      }
      var occurring: Set<UInt8> = []
      for state in try elements(value, "occurring") {
        guard let number = whole(state), (1...3).contains(number) else { throw damage("occurring") }
        occurring.insert(UInt8(number))
      }
      return Column(
        key: key, kind: try kind(value), width: try width(value), cells: try count(value, "cells"),
        states: value["states"] == nil ? nil : try count(value, "states"), bounds: try bounds(value),
        occurring: occurring)
    }

    func kind(_ value: JSONValue) throws(Diagnostic) -> Kind {
      switch try text(value, "kind") {
      case "number":
        let scale = try count(value, "scale")
        guard scale <= 9 else { throw damage("scale") }
        return .number(scale: scale)
      case "truth": return .truth
      case "date": return .date
      case "text": return .text(try texts(member(value, "texts")))
      case "reference": return .reference(table: try text(value, "table"))
      default: throw damage("kind")
      }
    }

    func bounds(_ value: JSONValue) throws(Diagnostic) -> ClosedRange<Int64>? {
      guard let bounds = value["bounds"] else { return nil }
      guard let low = whole(bounds[0]), let high = whole(bounds[1]), low <= high else { throw damage("bounds") }
      return low...high
    }
  }
}
