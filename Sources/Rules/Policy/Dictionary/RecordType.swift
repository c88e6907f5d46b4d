public import Diagnostics

/// A kind of record: enterprise, loan, membership. Its fields are the names FEEL knows.
public struct RecordType: Sendable {
  /// What the engine knows of a type: the subject of check-ups, the two built-in dated records (DESIGN §6.12), records that say how
  /// others relate, those that say who came after whom, and the links of industrial chains.
  public enum Role: String, Sendable { case subject, membership, entitlement, relation, succession, link }

  public var name: String
  /// ASCII: CSV file name and API.
  public var id: String
  public var key: String
  public var display: String?
  /// The reference field that leads to the enterprise the record belongs to.
  public var owner: String?
  /// The text field that says in which administrative division the record is, by its code.
  public var division: String?
  public var role: Role?
  public var note: String?
  public var fields: [Field]
  public var place: SourcePlace
  /// Whether its facts are kept for the registry, and need not decide anything.
  public var isForRegistry = false
  /// Fields, and the lists that other types put on this one.
  public internal(set) var names: Set<String> = []
  /// References may be followed this far from a record.
  package static let deepestReference = 4

  /// Where each field stands, by name and by id; filled once the dictionary is whole.
  var positions: [String: Int] = [:]

  public func field(named name: String) -> Field? {
    if let position = positions[name] { return fields[position] }
    return positions.isEmpty ? fields.first { $0.name == name || $0.id == name } : nil
  }

  /// The fields that lead to other records, in the order of the dictionary.
  public var references: [Field] { fields.filter { $0.type.kind == .reference && $0.years == nil } }

  /// Of a relation, the fields that say from whom to whom; nil for other types.
  public var ends: (from: Field, to: Field)? {
    guard role == .relation || role == .succession else { return nil }
    let references = references
    return references.count < 2 ? nil : (references[0], references[1])
  }
}

public struct Field: Hashable, Sendable {
  /// Who can give the value.
  public enum Authority: String, Sendable, Codable, CaseIterable { case enterprise, office, expert, institution }
  public enum Sensitivity: String, Sendable, Codable { case `public`, `internal`, personal }

  public var name: String
  public var id: String
  public var type: ValueType
  /// How many fiscal years are kept; nil for a point in time.
  public var years: Int?
  public var authority: Authority
  public var sensitivity: Sensitivity
  public var values: [String]
  /// For a reference: the list on the record it leads to.
  public var reverse: String?
  public var note: String?
  public var place: SourcePlace
}

/// All record types of a pack and the packs it uses.
public struct DataDictionary: Sendable {
  public private(set) var types: [RecordType] = []
  private var index: [String: Int] = [:]
  private var reverse: [String: [String: (type: Int, field: Int)]] = [:]

  public init() {}

  public subscript(name: String) -> RecordType? { index[name].map { types[$0] } }

  /// The type with that ASCII id.
  public func type(withID id: String) -> RecordType? { types.first { $0.id == id } }

  /// The reference fields that lead to a type and name a list there, with the type that holds them.
  public func reverseLists(of name: String) -> [(list: String, type: RecordType, field: Field)] {
    types.flatMap { type in
      type.fields.compactMap { field in
        guard field.type.record == name, let reverse = field.reverse else { return nil }
        return (reverse, type, field)
      }
    }
  }

  /// The list of that name on a type.
  package func reverseList(_ list: String, of name: String) -> (type: RecordType, field: Field)? {
    reverse[name]?[list].map { (types[$0.type], types[$0.type].fields[$0.field]) }
  }

  /// Call when all types are in: looks up what the names of each type lead to.
  mutating func close() {
    for (position, type) in types.enumerated() {
      types[position].names.formUnion(type.fields.map(\.name))
      for (number, field) in type.fields.enumerated() {
        for name in [field.name, field.id] where types[position].positions[name] == nil {
          types[position].positions[name] = number
        }
      }
      for (number, field) in type.fields.enumerated() {
        guard let record = field.type.record, let list = field.reverse, let target = index[record] else { continue }
        types[target].names.insert(list)
        reverse[record, default: [:]][list] = (position, number)
      }
    }
  }

  /// Adds a type, or the new fields of a type that is there already.
  mutating func add(_ type: RecordType) {
    if let position = index[type.name] {
      types[position].fields += type.fields
    } else {
      index[type.name] = types.count
      types.append(type)
    }
  }
}
