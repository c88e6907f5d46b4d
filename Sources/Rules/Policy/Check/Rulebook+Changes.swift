import DMN
import Diagnostics
import FEEL

/// How two readings of the same packs differ.
extension Rulebook {
  /// Decisions and parameters, and schemes, that do not say the same in both; those that only one has among them.
  /// - Returns: nil when the dictionaries differ, so that the same facts mean other things.
  package func changes(to other: Rulebook) -> (names: Set<String>, schemes: Set<String>)? {
    guard dictionary.types.map(\.wording) == other.dictionary.types.map(\.wording) else { return nil }
    func differing<T>(_ own: [String: T], _ others: [String: T], _ wording: (T) -> String) -> Set<String> {
      Set(own.keys).union(others.keys).filter { own[$0].map(wording) != others[$0].map(wording) }
    }
    let names = differing(decisions, other.decisions) { $0.map(\.wording).joined(separator: "\n") }
      .union(differing(parametersByName, other.parametersByName) { $0.map(\.wording).joined(separator: "\n") })
    func byName(_ versions: [[Scheme]]) -> [String: [Scheme]] {
      Dictionary(versions.map { ($0[0].name, $0) }) { first, _ in first }
    }
    let schemes = differing(byName(schemeVersions), byName(other.schemeVersions)) {
      $0.map(\.wording).joined(separator: "\n")
    }
    return (names, schemes)
  }
}

extension PolicyDecision {
  /// Everything that may change a result, as text.
  fileprivate var wording: String {
    var parts = ["\(about ?? "") \(type) \(inForce) \(datedBy?.source ?? "") \(formals ?? [])"]
    switch source {
    case .feel(let text): parts.append(text)
    case .table(let table): parts += ([table.header] + table.rows).map { $0.map(\.text).joined(separator: "|") }
    }
    return parts.joined(separator: "\n")
  }
}

extension Parameter {
  fileprivate var wording: String {
    "\(type) \(inForce) \(value.map { "\($0)" } ?? "") \(choices) \(boundsSource ?? "")"
  }
}

extension Scheme {
  fileprivate var wording: String {
    let expressions = [applies, review, amount, datedBy, cap].map { $0?.source ?? "" }
    let conditions = conditions.map(\.test.source)
    let stacking = (mentions(in: "excludes") + mentions(in: "best-of")).map { "\($0.field) \($0.name)" }
    return "\(about) \(inForce) \(expressions) \(conditions) \(stacking)"
  }
}

extension RecordType {
  fileprivate var wording: String {
    let fields = fields.map { "\($0.name) \($0.type) \($0.years ?? 0) \($0.authority) \($0.reverse ?? "")" }
    return "\(name) \(key) \(owner ?? "") \(role.map(\.rawValue) ?? "") \(fields)"
  }
}
