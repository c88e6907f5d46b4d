import Diagnostics
import FEEL

extension PackCompiler {
  mutating func scheme(_ raw: RawConstruct, _ kind: Scheme.Kind, _ around: Surroundings) -> Scheme? {
    let own =
      kind == .benefit
      ? ["amount", "term", "excludes", "best-of", "cap", "fund", "payment", "cliff"] : ["validity", "register"]
    allow(["about", "applies", "eligible", "review", "dated-by", "in-force", "refs", "note"] + own, in: raw)
    guard let about = about(raw) else {
      if raw.fields["about"] == nil { report("policy.scheme.about", raw.place, ["name": raw.name.text]) }
      return nil
    }
    let conditions = conditions(raw)
    if conditions.isEmpty { report("policy.scheme.eligible", raw.place, ["name": raw.name.text]) }
    if kind == .benefit, raw.fields["amount"] == nil {
      report("policy.scheme.amount", raw.place, ["name": raw.name.text], severity: .warning)
    }
    return Scheme(
      kind: kind, name: raw.name.text, citation: around.citation, about: about,
      applies: expression("applies", of: raw), conditions: conditions, review: expression("review", of: raw),
      amount: expression("amount", of: raw), datedBy: expression("dated-by", of: raw),
      inForce: inForce(raw, around), cap: cap(raw), details: details(raw, own.filter { $0 != "amount" }),
      mentions: ["excludes", "best-of", "fund", "payment"].flatMap { raw.fields.mentions($0) },
      cliff: raw.fields.value("cliff")?.raw, refs: raw.fields.names("refs"), note: raw.fields.value("note")?.raw,
      place: raw.place)
  }

  /// `50 万元` or `合计 FEEL`: the most that all records of a subject come to. Other words describe a cap that the amount
  /// already keeps to.
  private mutating func cap(_ raw: RawConstruct) -> Expression? {
    guard let value = raw.fields.value("cap") else { return nil }
    let words = value.text.split(separator: " ", maxSplits: 1).map(String.init)
    let isTotal = words.count == 2 && keywords.isWord(words[0], "total")
    let text = isTotal ? words[1].trimmed : value.text
    let place = value.place.advanced(
      by: value.text.unicodeScalars.count - text.unicodeScalars.count, in: value.text)
    guard let quantity = Quantity(text) else { return isTotal ? expression(text, at: place) : nil }
    guard quantity.unit?.isMoney == true else {
      report("policy.stacking.cap", place, ["name": raw.name.text, "text": text])
      return nil
    }
    return expression(quantity.value.description, at: place)
  }

  /// The eligibility table, or the 资格 fields, one condition each.
  private mutating func conditions(_ raw: RawConstruct) -> [Scheme.Condition] {
    let name = keywords.word("eligible", as: .field)
    let written = (raw.fields["eligible"]?.values ?? []).compactMap { value in
      expression(value.raw, at: value.place).map {
        Scheme.Condition(name: name, test: $0, otherwise: nil, place: value.place)
      }
    }
    guard let table = raw.tables.first else { return written }
    let ids = table.header.map { keywords.id(of: $0.text, as: .column) }
    guard ids.first == "eligible", let test = ids.firstIndex(of: "test") else {
      report("policy.scheme.table", table.place, ["name": raw.name.text])
      return written
    }
    let otherwise = ids.firstIndex(of: "otherwise")
    return written
      + table.rows.compactMap { row in
        expression(row[test].text, at: row[test].place).map {
          Scheme.Condition(
            name: row[0].text, test: $0, otherwise: otherwise.map { row[$0].text }.flatMap { $0.isEmpty ? nil : $0 },
            place: row[0].place)
        }
      }
  }
}
