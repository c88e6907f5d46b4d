import API
import Diagnostics
import FEEL
import Policy

/// Turns the entries of a form into facts, by way of the same reader as CSV files and examples. The place of every cell
/// is its form field, so that a problem finds its way back to the field.
struct FactBuilder {
  let region: Region
  let subject: RecordType
  let key: String
  let isForm: Bool
  /// What an institution is called that is not on the list.
  let otherName: String

  private(set) var facts = Facts()
  private(set) var problems: [(Diagnostic, field: String?)] = []
  private var dictionary: DataDictionary { region.rulebook.dictionary }

  /// The value of a reference to a record that is not on the list offered.
  static let other = "other"

  init(region: Region, subject: RecordType, key: String, isForm: Bool, otherName: String) {
    self.region = region
    self.subject = subject
    self.key = key
    self.isForm = isForm
    self.otherName = otherName
  }

  mutating func start(from facts: Facts) { self.facts = facts }

  mutating func add(_ entries: FactEntries) {
    addSubject(entries.rows[subject.name]?.first?.entries ?? [])
    var reader = FactReader(dictionary: dictionary, allowsShortCodes: true)
    reader.start(from: facts)
    for type in dictionary.types where type.name != subject.name {
      guard let rows = entries.rows[type.name], !rows.isEmpty else { continue }
      addOthers(rows, to: &reader)
      reader.add(table(rows, of: type), of: type.name)
    }
    for type in entries.none { reader.setNone(type.name, at: SourcePlace(file: FactName.none(type))) }
    reader.close()
    take(reader)
  }

  /// The subject's code is verified unless it was left out.
  private mutating func addSubject(_ entries: [FactEntries.Entry]) {
    guard isForm || !entries.isEmpty else { return }
    let name = FactName(type: subject.id, row: FactName.subject, field: subject.field(named: subject.key)?.id ?? "")
    let place = SourcePlace(file: name.text)
    let others = entries.filter { $0.field.name != subject.key }
    let header = [RawTable.Cell(subject.key, at: place)] + others.map { self.header($0) }
    let row = [RawTable.Cell(key, at: place)] + others.map { cell($0) }
    var reader = FactReader(dictionary: dictionary, allowsShortCodes: key == FactName.subject)
    reader.start(from: facts)
    reader.add(RawTable(header: header, rows: [row], place: place), of: subject.name)
    take(reader)
    if facts.record(subject.name, key: key) == nil {
      var table = facts[subject.name] ?? FactTable()
      table.merge(FactRow(key: key, cells: [:], place: place))
      facts[subject.name] = table
    }
  }

  /// Rows of one type under one header; what a row does not give stays empty, which is unknown.
  private func table(_ rows: [FactEntries.Row], of type: RecordType) -> RawTable {
    let link = type.link(to: subject)
    var columns: [String] = []
    for entry in rows.flatMap(\.entries) where entry.field.name != type.key && entry.field.name != link?.name {
      let column = header(entry).text
      if !columns.contains(column) { columns.append(column) }
    }
    let place = SourcePlace(file: "f.\(type.id)")
    let header = [type.key] + (link.map { [$0.name] } ?? []) + columns
    let body = rows.map { row -> [RawTable.Cell] in
      let place = SourcePlace(file: row.entries.first?.name.text ?? "")
      let isKnown = region.facts.record(type.name, key: row.id) != nil
      let typed = row.entries.first { $0.field.name == type.key }?.text
      let cells = columns.map { column in
        row.entries.first { self.header($0).text == column }.map(cell) ?? RawTable.Cell("", at: place)
      }
      let owner = link.map { _ in [RawTable.Cell(isKnown ? "" : key, at: place)] } ?? []
      return [RawTable.Cell(isKnown ? row.id : typed ?? row.id, at: place)] + owner + cells
    }
    return RawTable(header: header.map { RawTable.Cell($0, at: place) }, rows: body, place: place)
  }

  private func header(_ entry: FactEntries.Entry) -> RawTable.Cell {
    let year = entry.name.year.map { "@\($0)" } ?? ""
    return RawTable.Cell(entry.field.name + year, at: SourcePlace(file: entry.name.text))
  }

  private func cell(_ entry: FactEntries.Entry) -> RawTable.Cell {
    RawTable.Cell(entry.text, at: SourcePlace(file: entry.name.text))
  }

  /// A bank that is not on the list becomes a record of which only that is known.
  private func addOthers(_ rows: [FactEntries.Row], to reader: inout FactReader) {
    for entry in rows.flatMap(\.entries) where entry.text == Self.other {
      guard let type = entry.field.type.record.flatMap({ dictionary[$0] }) else { continue }
      let place = SourcePlace(file: entry.name.text)
      var header = [RawTable.Cell(type.key, at: place)], row = [RawTable.Cell(Self.other, at: place)]
      if let display = type.display {
        header.append(RawTable.Cell(display, at: place))
        row.append(RawTable.Cell(otherName, at: place))
      }
      reader.add(RawTable(header: header, rows: [row], place: place), of: type.name)
    }
  }

  private mutating func take(_ reader: FactReader) {
    facts = reader.facts
    for diagnostic in reader.diagnostics {
      let file = diagnostic.place.file
      problems.append((diagnostic, FactName(file) == nil ? nil : file))
    }
  }
}

extension RecordType {
  /// The reference field that makes a record one of the subject's.
  func link(to subject: RecordType) -> Field? {
    owner.flatMap { field(named: $0) }.flatMap { $0.type.record == subject.name ? $0 : nil }
      ?? fields.first { $0.type.record == subject.name && $0.reverse != nil }
  }
}
