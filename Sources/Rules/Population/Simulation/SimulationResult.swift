public import FEEL
public import Policy

/// A change against the base, scheme by scheme and all together, for everybody and group by group.
public struct SimulationResult: Sendable {
  /// What some subjects come to.
  public struct Figures: Hashable, Sendable {
    /// How many subjects have each verdict, in the order of `Verdict.allCases`; all schemes together: the best of each subject.
    var counts = [Int](repeating: 0, count: Verdict.allCases.count)
    var units: Int128 = 0
    var scale = SchemeColumn.cents

    public func count(_ verdict: Verdict) -> Int { Verdict.allCases.firstIndex(of: verdict).map { counts[$0] } ?? 0 }

    /// Subjects that get what the scheme (or one of the schemes) gives.
    public var beneficiaries: Int { count(.met) }
    /// 元, exact.
    public var amount: Decimal128 { Decimal128(units, exponent: -scale) ?? .zero }
  }

  /// Base and variant of some subjects.
  public struct Line: Hashable, Sendable {
    public internal(set) var base = Figures()
    public internal(set) var variant = Figures()
    /// Subjects that get more, or get for the first time; and those that get less, or no longer.
    public internal(set) var winners = 0
    public internal(set) var losers = 0
    var gainedUnits: Int128 = 0
    var lostUnits: Int128 = 0

    /// 元: what winners get more, and what losers get less.
    public var gained: Decimal128 { Decimal128(gainedUnits, exponent: -base.scale) ?? .zero }
    public var lost: Decimal128 { Decimal128(lostUnits, exponent: -base.scale) ?? .zero }
    /// 元: what the change costs, negative where it saves.
    public var cost: Decimal128 { (variant.amount - base.amount) ?? .zero }
    public var isChanged: Bool { base != variant || winners > 0 || losers > 0 }
  }

  /// One scheme, or all together.
  public struct Part: Sendable {
    /// nil for all together.
    public var scheme: String?
    public var whole: Line
    /// In the order of the groups of the dimension.
    public var groups: [Line]
  }

  public let dimension: Dimension
  /// The schemes that were worked out again, in the order of the packs.
  public let changed: [Part]
  /// The other schemes.
  public let unchanged: [Part]
  public let total: Part

  /// Every scheme, changed or not.
  public var schemes: [Part] { changed + unchanged }
}
