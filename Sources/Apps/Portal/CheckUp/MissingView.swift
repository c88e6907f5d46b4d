import API
import Policy

/// What a result still needs, asked for in place. Every fact is asked for once on a page, where it is first needed.
struct MissingView {
  let submission: Submission
  /// The inputs on the page, by name, with the scheme that shows them.
  private(set) var asked: [String: (scheme: String, id: String)] = [:]

  private var words: Words { submission.words }
  private var dictionary: DataDictionary { submission.region.rulebook.dictionary }

  init(submission: Submission) { self.submission = submission }

  var askedNames: Set<String> { Set(asked.keys) }

  func hasProblem(in id: String) -> Bool {
    asked.contains { $0.value.id == id && submission.problems.text(at: $0.key) != nil }
  }

  mutating func view(of outcome: SchemeOutcome, in id: String) -> View? {
    guard !outcome.missing.isEmpty, outcome.verdict == .undetermined || outcome.verdict == .review else { return nil }
    var parameters: [View] = [], fields: [View] = [], records: [View] = [], elsewhere: [View] = []
    for item in outcome.missing {
      switch item.kind {
      case .parameter: parameters.append(["name": item.name, "reason": item.reason])
      case .fact:
        guard let (field, name) = fact(item) else { continue }
        if let first = asked[name.text] {
          elsewhere.append(pointer(label: label(item), to: first))
        } else {
          asked[name.text] = (outcome.scheme.name, id)
          fields.append(input(field, name, of: item))
        }
      case .records:
        guard let type = dictionary[item.name] else { continue }
        if let first = asked[FactName.none(type)] {
          elsewhere.append(pointer(label: type.name, to: first))
        } else if let view = ask(for: type, outcome.scheme.name, id) {
          records.append(view)
        } else {
          elsewhere.append(["label": type.name, "where": item.authority.map { words("authority.\($0.rawValue)") }])
        }
      }
    }
    return [
      "parameters": parameters, "fields": fields, "records": records, "elsewhere": elsewhere,
      "canAnswer": !fields.isEmpty || !records.isEmpty,
    ]
  }

  private func pointer(label: String, to first: (scheme: String, id: String)) -> View {
    ["label": label, "href": "#\(first.id)", "where": words("result.asked", ["scheme": first.scheme])]
  }

  private func label(_ item: MissingItem) -> String {
    [item.record.flatMap { $0.key == submission.key ? nil : $0.shown(words) }, item.name].compactMap { $0 }
      .joined(separator: " · ")
  }

  /// The field a missing fact is about, and the name of its input.
  private func fact(_ item: MissingItem) -> (Field, FactName)? {
    guard let record = item.record, let type = dictionary[record.type] else { return nil }
    let parts = item.name.split(separator: "@", maxSplits: 1).map(String.init)
    guard let field = type.field(named: parts.first ?? "") else { return nil }
    let row = record.key == submission.key ? FactName.subject : rowID(of: record, type)
    return (field, FactName(type: type.id, row: row, field: field.id, year: parts.count == 2 ? Int(parts[1]) : nil))
  }

  /// The row of the form that a record came from, when it was given a key there.
  private func rowID(of record: RecordReference, _ type: RecordType) -> String {
    guard let key = type.field(named: type.key) else { return record.key }
    let typed = submission.fields.distinct.first { field in
      guard let name = FactName(field.name) else { return false }
      return name.type == type.id && name.field == key.id && field.value == record.key
    }
    return typed.flatMap { FactName($0.name)?.row } ?? record.key
  }

  private func input(_ field: Field, _ name: FactName, of item: MissingItem) -> View {
    let input = FactInput(
      field: field, name: name, region: submission.region, facts: submission.facts, words: words)
    var view = input.view(
      value: submission.fields[name.text] ?? "", error: submission.problems.text(at: name.text))
    if item.record.map({ $0.key != submission.key }) == true { view["label"] = label(item) }
    return view
  }

  /// A whole list is unknown: one row to begin with, or “none”. nil when the records are not the subject's.
  private mutating func ask(for type: RecordType, _ scheme: String, _ id: String) -> View? {
    guard let subject = submission.region.rulebook.subjectType, let link = type.link(to: subject) else { return nil }
    let none = FactName.none(type)
    asked[none] = (scheme, id)
    var views: [View] = []
    for field in type.fields where field.name != link.name && field.years == nil {
      let name = FactName(type: type.id, row: "\(FactName.newRow)1", field: field.id)
      asked[name.text] = (scheme, id)
      let input = FactInput(
        field: field, name: name, region: submission.region, facts: submission.region.facts, words: words)
      views.append(
        input.view(value: submission.fields[name.text] ?? "", error: submission.problems.text(at: name.text)))
    }
    return [
      "anchor": "records-\(type.id)", "name": type.name, "note": type.note,
      "supplies": words("authority.\(link.authority.rawValue)"), "noneName": none,
      "noneLabel": words("form.no-records", ["record": type.name]), "fields": views,
    ]
  }
}
