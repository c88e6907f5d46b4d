import Diagnostics
public import JSON
import Policy

/// Facts as a JSON document: record types, each with its records, each with its fields.
///
///     {"record type": [{"field": "text", "field (unit)": 12.50, "field@2023": 8, "field": {"2023": 8, "2022": null}}]}
///
/// A field that is not given is unknown, null is a known none; so are `[]` and null for a whole record type.
public enum FactDocument {
  public static let maximumSize = 64 << 20

  static func read(path: String) -> FactSource {
    do {
      return read(try JSONNode.read(TextFile.bytes(path: path, maximumSize: maximumSize), file: path))
    } catch {
      return FactSource(problem: error)
    }
  }

  /// Reads a document that came another way, such as the body of a request.
  public static func read(_ document: JSONNode) -> FactSource {
    guard case .object(let types) = document.content else {
      return FactSource(problem: Diagnostic("store.facts.json.types", at: document.place))
    }
    var source = FactSource()
    for type in types {
      switch type.value.content {
      case .null: source.none.append((type.name, type.place))
      case .array(let records) where records.isEmpty: source.none.append((type.name, type.place))
      case .array(let records): add(records, of: type, to: &source)
      case .object: add([type.value], of: type, to: &source)
      default: source.diagnostics.append(Diagnostic("store.facts.json.records", at: type.value.place))
      }
    }
    return source
  }

  private static func add(_ records: [JSONNode], of type: JSONNode.Member, to source: inout FactSource) {
    var columns = Columns()
    var rows: [(cells: [String: RawTable.Cell], place: SourcePlace)] = []
    for record in records {
      guard case .object(let members) = record.content else {
        source.diagnostics.append(Diagnostic("store.facts.json.record", at: record.place))
        continue
      }
      var cells: [String: RawTable.Cell] = [:]
      for member in members.flatMap(byYear) {
        if let text = text(of: member.value) {
          columns.add(member.name, at: member.place)
          cells[member.name] = RawTable.Cell(text, at: member.value.place)
        } else {
          source.diagnostics.append(
            Diagnostic("store.facts.json.value", at: member.value.place, ["field": member.name]))
        }
      }
      rows.append((cells, record.place))
    }
    let even = rows.map { row in columns.header.map { row.cells[$0.text] ?? RawTable.Cell("", at: row.place) } }
    source.tables.append((type.name, RawTable(header: columns.header, rows: even, place: type.place)))
  }

  /// The columns of a type: every name that a record gives, in the order of their first coming.
  private struct Columns {
    private(set) var header: [RawTable.Cell] = []
    private var names: Set<String> = []

    mutating func add(_ name: String, at place: SourcePlace) {
      if names.insert(name).inserted { header.append(RawTable.Cell(name, at: place)) }
    }
  }

  /// A member whose value is an object by fiscal year becomes a member a year.
  private static func byYear(_ member: JSONNode.Member) -> [JSONNode.Member] {
    guard case .object(let years) = member.value.content else { return [member] }
    return years.map { .init(name: annual(member.name, year: $0.name), place: $0.place, value: $0.value) }
  }

  /// The year goes before a unit in brackets.
  private static func annual(_ name: String, year: String) -> String {
    guard let bracket = name.lastIndex(where: { $0 == "(" || $0 == "\u{FF08}" }), !name.hasPrefix("(") else {
      return "\(name)@\(year)"
    }
    return "\(name[..<bracket].trimmingWhitespaceAtEnd)@\(year)\(name[bracket...])"
  }

  /// The cell's text; nil for what is no single value.
  private static func text(of value: JSONNode) -> String? {
    switch value.content {
    case .null: "none"
    case .boolean(let boolean): boolean ? "true" : "false"
    case .number(let text), .string(let text): text
    case .array, .object: nil
    }
  }
}

extension Substring {
  fileprivate var trimmingWhitespaceAtEnd: Substring {
    var rest = self
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
