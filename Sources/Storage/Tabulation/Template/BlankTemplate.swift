public import Diagnostics
public import Policy
import Spreadsheet

/// A workbook to be filled in: a column for each field of a record type, and a sheet that explains them.
public struct BlankTemplate {
  private let type: RecordType
  private let years: [Int]
  private let words: TemplateWords

  /// - Parameter years: for which fields that are kept by fiscal year get a column each.
  public init(for type: RecordType, years: [Int], language: Language = .chinese) {
    self.type = type
    self.years = Array(Set(years)).sorted()
    words = TemplateWords(type, language)
  }

  /// - Throws: `store.file.unwritable`, `spreadsheet.write.…`.
  public func write(to path: String) throws(Diagnostic) {
    var writer = try WorkbookWriter(path: path, language: words.language)
    let columns = columns
    try writer.beginSheet(SheetPlan(name: type.name, columns: columns.map(\.plan)))
    try writer.beginSheet(SheetPlan(name: words.text("sheet"), columns: words.headings.map { .init($0) }))
    for column in columns { try writer.write(words.explanation(of: column.field, column.year, column.plan.heading)) }
    try writer.close()
  }

  private typealias Column = (field: Field, year: Int?, plan: SheetPlan.Column)

  /// The key first.
  private var columns: [Column] {
    let key = type.fields.filter { $0.name == type.key }
    return (key + type.fields.filter { $0.name != type.key }).flatMap { field in
      field.years == nil ? [column(field, nil)] : years.map { column(field, $0) }
    }
  }

  private func column(_ field: Field, _ year: Int?) -> Column {
    let name = CanonicalHeading.text(field, year: year, unit: field.type.unit?.symbol)
    let plan = SheetPlan.Column(
      field.name == type.key ? name + HeaderLabel.keyMark : name, kind(of: field), choices: choices(of: field),
      note: words.note(on: field, year))
    return (field, year, plan)
  }

  private func kind(of field: Field) -> SheetPlan.Kind {
    switch field.type.kind {
    case .number: .general
    case .date: .date
    default: .text
    }
  }

  private func choices(of field: Field) -> [String] {
    guard field.type.kind == .boolean else { return field.values }
    return [TableWords.shared.first(in: .yes), TableWords.shared.first(in: .no)]
  }
}
