import API
import Diagnostics
import FEEL
import Policy

/// What a visitor sent: a firm that is known, or one that is described by the form, with further facts, a date, and
/// chosen readings. Nothing of it is kept.
struct Submission {
  let region: Region
  let fields: FormFields
  /// The key of a known firm; nil when the form describes one.
  let firm: String?
  let words: Words

  private(set) var facts = Facts()
  private(set) var key = ""
  private(set) var asOf: CalendarDate
  private(set) var settings: [String: String] = [:]
  private(set) var problems = Problems()
  /// Whether the date could be read; without one nothing is computed.
  private(set) var hasDate = true

  init(region: Region, fields: FormFields, firm: String?, today: CalendarDate, words: Words) {
    self.region = region
    self.fields = fields
    self.firm = firm
    self.words = words
    asOf = region.asOf ?? today
    if fields.isTruncated {
      let limit = ["limit": String(FormFields.maximumCount)]
      report(Diagnostic("portal.error.fields-many", at: SourcePlace(file: "form"), limit), at: nil)
    }
    readDate()
    readSettings()
    readFacts()
  }

  /// Whether the form itself describes the firm.
  var isForm: Bool { firm == nil }

  mutating func report(_ diagnostic: Diagnostic, at field: String?) {
    problems.add(diagnostic, at: field, called: field.flatMap { self.label(of: $0) }, in: words.language)
  }

  /// What the field of a name is called on the page.
  private func label(of name: String) -> String? {
    guard let fact = FactName(name), let type = region.rulebook.dictionary.type(withID: fact.type) else {
      return region.rulebook.parameters.first { FactName.setting($0.id) == name }?.name
    }
    return type.field(named: fact.field)?.name
  }

  mutating func setAftermath(_ text: String) { problems.aftermath = text }

  private mutating func readDate() {
    guard let text = fields["as-of"] else { return }
    if let date = CalendarDate(text) {
      asOf = date
    } else {
      hasDate = false
      report(
        Diagnostic("portal.error.as-of", at: SourcePlace(file: "as-of"), ["value": String(text.prefix(40))]),
        at: "as-of")
    }
  }

  private mutating func readSettings() {
    for field in fields.distinct where field.name.hasPrefix("set.") {
      let parameter = String(field.name.dropFirst(4))
      do {
        _ = try region.rulebook.overrides([parameter: field.value])
        settings[parameter] = field.value
      } catch {
        report(error, at: field.name)
      }
    }
  }

  private mutating func readFacts() {
    guard let subject = region.rulebook.subjectType else { return }
    let entries = FactEntries(fields, subject: subject, dictionary: region.rulebook.dictionary)
    for name in entries.unknownNames.prefix(5) {
      report(Diagnostic("portal.error.field-unknown", at: SourcePlace(file: name), ["name": name]), at: nil)
    }
    let typedKey = entries.subjectKey
    key = firm ?? typedKey ?? FactName.subject
    let isKnown = region.facts.record(subject.name, key: key) != nil
    var builder = FactBuilder(
      region: region, subject: subject, key: key, isForm: isForm, otherName: words("form.other"))
    builder.start(from: isKnown ? region.facts : region.publicFacts(for: entries.answered))
    builder.add(entries)
    facts = builder.facts
    for (diagnostic, field) in builder.problems { report(diagnostic, at: field) }
  }
}

extension Region {
  /// What may be used for a firm that describes itself: records that belong to no firm, such as banks and who is on
  /// their registers. A list that the visitor left unknown stays unknown as a whole.
  func publicFacts(for answered: Set<String>) -> Facts {
    guard let subject = rulebook.subjectType?.name else { return Facts() }
    var kept = Facts()
    for type in rulebook.dictionary.types where type.name != subject {
      guard let table = facts[type.name] else { continue }
      let links = type.fields.filter { $0.type.record == subject }
      guard !links.isEmpty else {
        kept[type.name] = table
        continue
      }
      guard answered.contains(type.name) else { continue }
      var own = FactTable()
      for place in table.rows.indices
      where links.allSatisfy({ table.rows.belongsToNobody(in: $0.name, at: place) }) { own.merge(table.rows[place]) }
      kept[type.name] = own
    }
    return kept
  }
}

extension FactRows {
  fileprivate func belongsToNobody(in field: String, at position: Int) -> Bool {
    if case FactRow.Cell.none? = cell(field, at: position) { true } else { false }
  }
}
