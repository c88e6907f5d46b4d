import Diagnostics
public import FEEL

/// How the rows of a synthetic region are drawn: the content of a `region.yaml`. Everything a region says stands there.
public struct Region: Sendable {
  /// The seed used when none is asked for.
  public var seed: UInt64 = 0
  /// The day at which the region is as described: annual fields end with the year before it.
  public var asOf: CalendarDate
  var words: [String: [String]] = [:]
  var rules: [RowRule] = []
  var pools: [Pool] = []
}

/// Rows of one record type, drawn alike.
struct RowRule: Sendable {
  enum Number: Sendable {
    case fixed(Int)
    /// For each drawn row of an earlier rule: `share` in a million of those that meet `conditions` get `rows`.
    case each(parent: Int, conditions: [Condition], share: Int, rows: Distribution)
  }

  /// A field that must hold one of some texts.
  struct Condition: Sendable {
    var field: String
    var texts: [String]
  }

  /// The record type's name.
  var record: String
  /// What later rules call these rows: the type's name, unless `as` says otherwise.
  var alias: String
  var number: Number
  var fields: [FieldRule] = []
  /// The slot of the record's key.
  var key = 0
  var place: SourcePlace

  var headers: [String] { fields.flatMap(\.headers) }
  var slots: Int { fields.last?.slots.upperBound ?? 0 }

  func field(named name: String) -> FieldRule? { fields.first { $0.name == name } }
}

/// One field of a rule: a slot of the row, or one per fiscal year. A field without headers is drawn, not written.
struct FieldRule: Sendable {
  var name: String
  var headers: [String]
  var slots: Range<Int>
  var distribution: Distribution
  /// How many in a million are left empty (unknown), and how many are known to be none.
  var blank = 0
  var none = 0
}

/// Where a distribution finds another value: in the row itself, or in the row it is drawn for, or in that one's.
struct FieldReference: Hashable, Sendable {
  /// 0: this row; 1: its parent; and so on.
  var level: Int
  var slots: Range<Int>
}

/// The rows a reference may lead to.
struct Pool: Sendable {
  var record: String
  var conditions: [RowRule.Condition]
  /// Rules above the one that refers.
  var rules: [Int]
}
