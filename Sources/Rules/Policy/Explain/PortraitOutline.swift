public import FEEL

/// What the page of one record shows, as a pack says it (画像).
public struct PortraitOutline: Sendable {
  public enum Part: String, CaseIterable, Sendable {
    case headline, measures, peers, risks, scores, search

    /// The kinds of value that it can use; nil for any.
    var kinds: [ValueType.Kind]? {
      switch self {
      case .headline: nil
      case .measures, .scores: [.number]
      case .risks: [.boolean]
      case .peers, .search: [.text, .boolean]
      }
    }
  }

  public let name: String
  public let citation: Citation
  private let parts: [Part: [Attribute]]

  public subscript(part: Part) -> [Attribute] { parts[part] ?? [] }

  init(_ declaration: Declaration, in rulebook: Rulebook) {
    name = declaration.name
    citation = declaration.citation
    var parts: [Part: [Attribute]] = [:]
    for mention in declaration.mentions {
      guard let part = Part(rawValue: mention.field),
        let attribute = rulebook.attribute(mention.name, of: declaration.about),
        part.kinds?.contains(attribute.type.kind) ?? true
      else { continue }
      parts[part, default: []].append(attribute)
    }
    self.parts = parts
  }
}

/// Something that a record has: a field, or a decision about it.
public struct Attribute: Hashable, Sendable {
  public let name: String
  public let type: ValueType
  /// nil for a decision.
  public let field: Field?
}

/// What an attribute comes to for one record.
public struct AttributeReading: Sendable {
  public let attribute: Attribute
  /// A text, number, truth or date; null for what is unknown, none, or of another kind.
  public let value: Value
  /// As a reader sees it.
  public let text: String
  /// What it rests on and is not known.
  public let missing: [MissingItem]
  /// Of a decision.
  public let trace: TraceNode?
}

extension Rulebook {
  /// The portrait of what check-ups are for; nil when no pack declares one.
  public var portraitOutline: PortraitOutline? {
    declarations.first { $0.kind == PortraitOutline.keyword && $0.about == subjectType?.name }.map {
      PortraitOutline($0, in: self)
    }
  }

  /// - Parameter record: the name of a record type.
  func attribute(_ name: String, of record: String?) -> Attribute? {
    guard let record, let type = dictionary[record] else { return nil }
    if let field = type.field(named: name) { return Attribute(name: field.name, type: field.type, field: field) }
    guard let decision = versions(ofDecision: name).first, decision.about == record, !decision.isFunction else {
      return nil
    }
    return Attribute(name: name, type: decision.type, field: nil)
  }

  func attributeNames(of record: String?) -> [String] {
    guard let record, let type = dictionary[record] else { return [] }
    return type.fields.map(\.name) + allDecisions.filter { $0.about == record && !$0.isFunction }.map(\.name)
  }

  /// What attributes of a subject come to, each with what it rests on. Of a field kept per fiscal year the newest closed one counts.
  public func readings(
    of attributes: [Attribute], for key: String, facts: Facts, asOf: CalendarDate
  ) -> [AttributeReading] {
    guard let type = subjectType, let row = facts.record(type.name, key: key) else { return [] }
    let session = Session(self, facts: facts, asOf: asOf)
    let subject = session.record(type, row, depth: 0)
    return attributes.map { attribute in
      if let field = attribute.field { return reading(of: field, attribute, row, facts, asOf) }
      let result = session.result(of: versions(ofDecision: attribute.name), for: subject, governedBy: asOf)
      return withExtendedLifetime(session) {
        AttributeReading(
          attribute: attribute, value: result.value.plain, text: attribute.type.text(of: result.value),
          missing: session.items(result.absences), trace: result.node)
      }
    }
  }

  private func reading(
    of field: Field, _ attribute: Attribute, _ row: FactRow, _ facts: Facts, _ asOf: CalendarDate
  ) -> AttributeReading {
    var value: Value = .null(), text: String?
    switch row[field.name] {
    case .value(let given)?: value = given
    case .annual(let years)?: value = (years[asOf.year - 1] ?? nil) ?? .null()
    case .reference(let key)?: text = field.type.record.map { facts.display(of: key, dictionary[$0]) }
    case .none?: text = Keywords.shared.word("none", as: .word)
    case nil: break
    }
    return AttributeReading(
      attribute: attribute, value: value, text: text ?? attribute.type.text(of: value), missing: [], trace: nil)
  }
}

extension PortraitOutline {
  static let keyword = "portrait"
}

extension Facts {
  /// What a record is called; its key where it has no name.
  public func display(of key: String, _ type: RecordType?) -> String {
    type.flatMap { type in record(type.name, key: key).map { type.reference(to: $0).display } } ?? key
  }
}

extension Value {
  /// Itself where it is a plain one.
  var plain: Value {
    switch self {
    case .boolean, .number, .string, .date: self
    default: .null()
    }
  }
}
