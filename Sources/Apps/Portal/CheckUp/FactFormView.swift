import API
import FEEL
import HTTPTypes
import Policy

/// The form made from the dictionary: the subject's fields, then its records, a row each.
struct FactFormView {
  let submission: Submission
  let answersForm: Bool
  /// The record type that gets one more row.
  let adding: String?

  private var region: Region { submission.region }
  private var words: Words { submission.words }
  static let maximumRows = 30

  var page: Page {
    let path = "/check-up/\(PercentCoding.encode(region.id))/form"
    var page = Page(
      template: "form", title: words("form.title"),
      view: [
        "pack": ["title": region.rulebook.main.title] as View, "action": path,
        "asOf": submission.fields["as-of"] ?? submission.asOf.description,
        "asOfError": submission.problems.text(at: "as-of"), "subject": subject, "children": children,
      ],
      section: .checkUp)
    page.problems = submission.problems
    if !page.problems.isEmpty { page.status = .unprocessableContent }
    if answersForm { page.answersForm = "result" }
    return page
  }

  private var subject: View? {
    guard let type = region.rulebook.subjectType else { return nil }
    return ["name": type.name, "note": type.note, "fields": inputs(of: type, row: FactName.subject)]
  }

  /// Record types that belong to the subject.
  private var children: [View] {
    guard let subject = region.rulebook.subjectType else { return [] }
    return region.rulebook.dictionary.types.compactMap { type in
      guard type.name != subject.name, let link = type.link(to: subject) else { return nil }
      return view(of: type, link: link)
    }
  }

  private func view(of type: RecordType, link: Field) -> View {
    let asked = submission.fields[FactName.count(type)].flatMap { Int($0) } ?? 1
    let count = min(Self.maximumRows, max(1, asked + (adding == type.id ? 1 : 0)))
    let rows = (1...count).map { number -> View in
      [
        "title": words("form.row", ["number": String(number), "record": type.name]),
        "fields": inputs(of: type, row: "\(FactName.newRow)\(number)", without: link),
      ]
    }
    let none = FactName.none(type)
    return [
      "anchor": "record-\(type.id)", "id": type.id, "name": type.name, "note": type.note,
      "supplies": words("authority.\(link.authority.rawValue)"), "noneName": none,
      "isNone": submission.fields[none] != nil, "noneLabel": words("form.no-records", ["record": type.name]),
      "rows": rows, "count": String(count), "countName": FactName.count(type),
      "addLabel": words("form.add", ["record": type.name]),
    ]
  }

  private func inputs(of type: RecordType, row: String, without link: Field? = nil) -> [View] {
    type.fields.filter { $0.name != link?.name }.flatMap { field in
      names(of: field, type: type, row: row).map { name in
        let input = FactInput(field: field, name: name, region: region, facts: region.facts, words: words)
        return input.view(
          value: submission.fields[name.text] ?? "", error: submission.problems.text(at: name.text))
      }
    }
  }

  /// One name, or one per fiscal year kept, newest first.
  private func names(of field: Field, type: RecordType, row: String) -> [FactName] {
    guard let years = field.years, years > 0 else { return [FactName(type: type.id, row: row, field: field.id)] }
    return (1...years).map { FactName(type: type.id, row: row, field: field.id, year: submission.asOf.year - $0) }
  }
}
