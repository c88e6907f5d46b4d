/// Which keys of a record type are one record, by what was decided up to some moment.
///
/// Decisions add up: when B is A, and A is C, then both are C. Each record has one main key, that of the last decision.
public struct Identities: Sendable {
  /// The main key of every other key.
  private var mains: [String: String] = [:]
  /// Of a main key, all that are the same record, the main one first.
  private var groups: [String: [String]] = [:]
  /// Decisions that two records are not one, by their main keys in order.
  private var distinct: [[String]: IdentityDecision] = [:]

  /// - Parameter decisions: those that count, of one type, in the order of recording.
  public init(_ decisions: [IdentityDecision]) {
    for decision in decisions where decision.kind == .same { join(decision.other, into: decision.main) }
    for decision in decisions where decision.kind == .distinct {
      distinct[pair(decision.main, decision.other)] = decision
    }
  }

  private mutating func join(_ other: String, into main: String) {
    let (other, main) = (self.main(of: other), self.main(of: main))
    if other == main { return }
    let joined = groups.removeValue(forKey: other) ?? [other]
    for key in joined { mains[key] = main }
    groups[main, default: [main]] += joined
  }

  /// Whether every key is a record of its own.
  public var isTrivial: Bool { groups.isEmpty }

  /// The key that a record is known by.
  public func main(of key: String) -> String { mains[key] ?? key }

  /// All keys of the record that a key is one of, the main one first.
  public func keys(of key: String) -> [String] {
    let main = main(of: key)
    return groups[main] ?? [main]
  }

  /// Keys of records that have several.
  public var joined: [String] { groups.values.flatMap { $0 } }

  /// Main keys in order, each once.
  public func mains(of keys: [String]) -> [String] {
    if isTrivial { return keys }
    var seen: Set<String> = []
    return keys.map(main).filter { seen.insert($0).inserted }
  }

  /// The decision that two keys are not one record; nil when there is none.
  public func distinction(_ key: String, _ other: String) -> IdentityDecision? {
    distinct.isEmpty ? nil : distinct[pair(key, other)]
  }

  private func pair(_ key: String, _ other: String) -> [String] { [main(of: key), main(of: other)].sorted() }
}
