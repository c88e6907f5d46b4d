public import Diagnostics
public import FEEL

/// What subjects are told apart by: each belongs to one group.
public struct Dimension: Sendable {
  /// What a group has in common.
  public enum Group: Hashable, Sendable {
    case value(String)
    /// From `low`, below `high`; nil without an end.
    case range(low: Decimal128?, high: Decimal128?)
    case year(Int)
    case truth(Bool)
    /// Known to be none.
    case none
    case unknown

    public func text(in language: Language) -> String {
      func words(_ key: String, _ arguments: [String: String] = [:]) -> String {
        Catalogue.shared.text("simulation.group.\(key)", in: language, arguments)
      }
      switch self {
      case .value(let text): return text
      case .range(let low?, let high?): return words("range", ["low": "\(low)", "high": "\(high)"])
      case .range(let low?, nil): return words("from", ["low": "\(low)"])
      case .range(nil, let high?): return words("below", ["high": "\(high)"])
      case .range(nil, nil): return words("all")
      case .year(let year): return String(year)
      case .truth(let truth): return words(truth ? "yes" : "no")
      case .none: return words("none")
      case .unknown: return words("unknown")
      }
    }
  }

  public let name: String
  public let groups: [Group]
  /// The group of each row.
  let codes: [UInt16]

  /// Everybody in one group.
  static func whole(count: Int) -> Dimension {
    Dimension(name: "", groups: [.range(low: nil, high: nil)], codes: [UInt16](repeating: 0, count: count))
  }

  /// How many groups there may be.
  static let most = 1000

  /// Groups in order, without those that nobody is in.
  /// - Returns: nil for more than ``most`` groups.
  init?(_ name: String, _ groups: [Group], codes: [Int]) {
    var number = [Int](repeating: -1, count: groups.count)
    for code in codes { number[code] = 0 }
    let used = groups.indices.filter { number[$0] == 0 }
    guard used.count <= Self.most else { return nil }
    for (place, code) in used.enumerated() { number[code] = place }
    self.init(name: name, groups: used.map { groups[$0] }, codes: codes.map { UInt16(number[$0]) })
  }

  private init(name: String, groups: [Group], codes: [UInt16]) {
    self.name = name
    self.groups = groups
    self.codes = codes
  }
}
