public import Diagnostics
import FEEL
public import Policy

extension Region {
  /// Reads a `region.yaml`.
  /// - Parameter dictionary: of the pack that the region belongs to; record types and fields must be there.
  /// - Returns: nil when there is any problem; the diagnostics say where.
  public static func read(_ yaml: String, file: String, dictionary: DataDictionary) -> (Region?, [Diagnostic]) {
    do {
      let item = try YAMLItem.read(yaml, file: file)
      var reader = RegionReader(dictionary: dictionary)
      let region = reader.read(item)
      return (reader.diagnostics.isEmpty ? region : nil, reader.diagnostics.sorted())
    } catch {
      return (nil, [error])
    }
  }
}

/// Reads rules one by one, each seeing those above it. Collects every problem and goes on.
struct RegionReader {
  var diagnostics: [Diagnostic] = []
  let dictionary: DataDictionary
  var words: [String: [String]] = [:]
  var rules: [RowRule] = []
  var pools: [Pool] = []
  /// The rule being read, with the slots of all its fields, and how many of them are behind us.
  var current: RowRule?
  var slotsRead = 0
  var asOf: CalendarDate?

  init(dictionary: DataDictionary) { self.dictionary = dictionary }

  mutating func read(_ item: YAMLItem) -> Region? {
    check(item, keys: ["seed", "as-of", "words", "records"])
    guard let dateItem = item["as-of"], let asOf = dateItem.text.flatMap({ CalendarDate($0) }) else {
      report("synthesis.as-of", item["as-of"] ?? item)
      return nil
    }
    for (name, list) in item["words"]?.members ?? [] {
      let texts = list.elements?.compactMap(\.text) ?? []
      if texts.isEmpty { report("synthesis.words", list, ["name": name.text ?? ""]) }
      words[name.text ?? ""] = texts
    }
    guard let records = item["records"]?.elements else {
      report("synthesis.key.missing", item, ["key": "records"])
      return nil
    }
    self.asOf = asOf
    for record in records { readRule(record) }
    let seed = item["seed"]?.text.map { UInt64($0) ?? $0.seed } ?? 0
    return Region(seed: seed, asOf: asOf, words: words, rules: rules, pools: pools)
  }

  private mutating func readRule(_ item: YAMLItem) {
    check(item, keys: ["record", "as", "count", "each", "where", "share", "rows", "draw", "fields"])
    guard let name = item["record"]?.text, let type = dictionary[name] ?? dictionary.type(withID: name) else {
      let name = item["record"]?.text ?? ""
      report(
        "synthesis.record", item["record"] ?? item, ["record": name, "near": near(name, dictionary.types.map(\.name))])
      return
    }
    current = RowRule(record: type.name, alias: item["as"]?.text ?? type.name, number: .fixed(0), place: item.place)
    slotsRead = 0
    guard let number = number(item) else { return }
    current?.number = number
    layOutDrawn(item["draw"], of: type)
    layOut(item["fields"], of: type)
    for (name, value) in item["draw"]?.members ?? [] { readField(name.text ?? "", value) }
    for (name, value) in item["fields"]?.members ?? [] {
      if let field = type.field(named: name.text ?? "") { readField(field.name, value) }
    }
    guard var rule = current, let key = rule.field(named: type.key) else {
      report("synthesis.record.key", item["fields"] ?? item, ["record": type.name, "field": type.key])
      return
    }
    rule.key = key.slots.lowerBound
    rules.append(rule)
  }

  // MARK: - How many

  private mutating func number(_ item: YAMLItem) -> RowRule.Number? {
    if let count = item["count"] {
      guard let number = count.text.flatMap({ Int($0) }), (0...100_000_000).contains(number) else {
        report("synthesis.count", count)
        return nil
      }
      return .fixed(number)
    }
    guard let each = item["each"], let name = each.text else {
      report("synthesis.key.missing", item, ["key": "count, each"])
      return nil
    }
    guard let parent = rules.firstIndex(where: { $0.alias == name }) else {
      report("synthesis.each", each, ["name": name, "near": near(name, rules.map(\.alias))])
      return nil
    }
    let conditions = conditions(item["where"], on: rules[parent])
    let share = item["share"].map { probability($0) } ?? 1_000_000
    current?.number = .each(parent: parent, conditions: [], share: 0, rows: .missing)
    let rows = item["rows"].flatMap { distribution($0) } ?? .number(.one)
    return .each(parent: parent, conditions: conditions, share: share, rows: rows)
  }

  private mutating func conditions(_ item: YAMLItem?, on rule: RowRule) -> [RowRule.Condition] {
    let conditions = conditions(item)
    for condition in conditions where rule.field(named: condition.field) == nil {
      let near = near(condition.field, rule.fields.map(\.name))
      if let item { report("synthesis.field.unknown", item, ["field": condition.field, "near": near]) }
    }
    return conditions
  }

  func conditions(_ item: YAMLItem?) -> [RowRule.Condition] {
    (item?.members ?? []).map { name, value in
      let texts = value.text.map { [$0] } ?? value.elements?.compactMap(\.text) ?? []
      return RowRule.Condition(field: name.text ?? "", texts: texts)
    }
  }

  // MARK: - Fields

  /// Gives every field its slots before any is read, so that a field may refer to a later one of the row before.
  private mutating func layOut(_ fields: YAMLItem?, of type: RecordType) {
    guard let asOf else { return }
    for (name, value) in fields?.members ?? [] {
      let text = name.text ?? ""
      guard let field = type.field(named: text) else {
        report("synthesis.field.unknown", name, ["field": text, "near": near(text, type.fields.map(\.name))])
        continue
      }
      let start = current?.slots ?? 0
      var headers = [field.name]
      if let years = field.years {
        let count = value["annual"]?["years"]?.text.flatMap { Int($0) } ?? years
        headers = (0..<min(max(count, 1), years)).map { "\(field.name)@\(asOf.year - 1 - $0)" }
      }
      current?.fields.append(
        FieldRule(name: field.name, headers: headers, slots: start..<start + headers.count, distribution: .missing))
    }
  }

  /// Values that are drawn for the sake of others: one slot each, no column.
  private mutating func layOutDrawn(_ fields: YAMLItem?, of type: RecordType) {
    for (name, value) in fields?.members ?? [] {
      let text = name.text ?? ""
      if text.isEmpty || text.contains(".") || type.field(named: text) != nil {
        report("synthesis.draw.name", name, ["name": text, "record": type.name])
        continue
      }
      if let key = value["blank"] ?? value["none"] { report("synthesis.draw.mask", key, ["name": text]) }
      let start = current?.slots ?? 0
      current?.fields.append(
        FieldRule(name: text, headers: [], slots: start..<start + 1, distribution: .missing))
    }
  }

  private mutating func readField(_ name: String, _ value: YAMLItem) {
    guard let position = current?.fields.firstIndex(where: { $0.name == name }) else { return }
    let distribution = distribution(value) ?? .missing
    let blank = value["blank"].map { probability($0) } ?? 0, none = value["none"].map { probability($0) } ?? 0
    current?.fields[position].distribution = distribution
    current?.fields[position].blank = blank
    current?.fields[position].none = none
    slotsRead = current?.fields[position].slots.upperBound ?? slotsRead
  }

  /// In a million.
  mutating func probability(_ item: YAMLItem) -> Int {
    if let share = item.text.flatMap({ Decimal128($0) })?.scaled(by: 6), (0...1_000_000).contains(share) {
      return Int(share)
    }
    report("synthesis.probability", item)
    return 0
  }

  // MARK: - Problems

  mutating func report(_ code: String, _ item: YAMLItem, _ arguments: [String: String] = [:]) {
    diagnostics.append(Diagnostic(code, at: item.place, arguments))
  }

  mutating func check(_ item: YAMLItem, keys: [String]) {
    guard let members = item.members else {
      report("synthesis.mapping", item, ["keys": keys.joined(separator: ", ")])
      return
    }
    for (name, _) in members where !keys.contains(name.text ?? "") {
      let word = name.text ?? ""
      report(
        "synthesis.key.unknown", name,
        ["key": word, "near": nearWord(to: word, among: keys) ?? keys.joined(separator: ", ")])
    }
  }

  func near(_ word: String, _ candidates: [String]) -> String { nearWord(to: word, among: candidates) ?? "—" }
}
