import Diagnostics
import Policy
import Spreadsheet

/// What a template says of its fields.
struct TemplateWords {
  let language: Language
  private let type: RecordType

  init(_ type: RecordType, _ language: Language) {
    self.type = type
    self.language = language
  }

  func text(_ word: String, _ arguments: [String: String] = [:]) -> String {
    Catalogue.shared.text("tabulation.template.\(word)", in: language, arguments)
  }

  var headings: [String] { ["field", "meaning", "form", "unit", "authority", "need"].map { text($0) } }

  func explanation(of field: Field, _ year: Int?, _ heading: String) -> [SheetCell.Value] {
    let texts = [
      heading, meaning(of: field, year), form(of: field), field.type.unit?.symbol ?? "", authority(of: field),
      need(of: field),
    ]
    return texts.map { .text($0) }
  }

  /// The remark on a heading.
  func note(on field: Field, _ year: Int?) -> String {
    let unit = field.type.unit.map { "\(text("unit")): \($0.symbol)" }
    let lines = [
      meaning(of: field, year), "\(text("form")): \(form(of: field))", unit ?? "",
      "\(text("authority")): \(authority(of: field))", need(of: field),
    ]
    return lines.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func meaning(of field: Field, _ year: Int?) -> String {
    let ofYear = year.map { text("year", ["year": String($0)]) }
    return [ofYear, field.note].compactMap { $0 }.joined(separator: "; ")
  }

  private func form(of field: Field) -> String {
    if !field.values.isEmpty { return text("form.choice", ["values": field.values.joined(separator: "、")]) }
    let kind = field.type.kind == .list || field.type.kind == .context ? .text : field.type.kind
    return text("form.\(kind.rawValue)", ["record": field.type.record ?? ""])
  }

  private func authority(of field: Field) -> String { text("authority.\(field.authority.rawValue)") }

  private func need(of field: Field) -> String { text(field.name == type.key ? "key" : "optional") }
}
