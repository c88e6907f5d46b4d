/// One way to draw a value, as a region's file says it.
indirect enum Distribution: Sendable {
  case text(String)
  case number(Scaled)
  case missing
  /// Texts with their weights, summed up.
  case choice([String], cumulative: [Int64])
  /// `min` + k × `step` for k in 0..<`count`; both at one scale.
  case steps(min: Scaled, step: Scaled, count: Int)
  case quantiles(Quantiles)
  /// A day of `count` from a day number; `day` moves it to that day of its month.
  case date(first: Int, count: Int, day: Int?)
  /// A day from one date to another, both drawn.
  case between(Distribution, Distribution, day: Int?)
  case offset(of: FieldReference, months: Distribution?, days: Distribution?)
  /// The day after that date in the row before of the same parent; `first` when there is none.
  case next(after: FieldReference, first: Distribution)
  /// The key of a row of a pool (``Pool``).
  case reference(pool: Int)
  case field(FieldReference)
  case scaled(of: FieldReference, times: Distribution, step: Scaled?)
  case product([Distribution], over: Scaled, places: Int)
  /// Whole months from the first day to the last, both counted in.
  case monthsBetween(FieldReference, FieldReference)
  case sequence(prefix: String, width: Int)
  case code(region: Distribution, prefix: String)
  case name([NamePart])
  /// A year's value is the next year's divided by 1 + growth; the latest is drawn. Years before `since` have none.
  case annual(latest: Distribution, growth: Distribution, step: Scaled, since: FieldReference?, lastYear: Int)
  /// As the text of another field says.
  case classes(of: FieldReference, cases: [(texts: [String], then: Distribution)], otherwise: Distribution?)
  /// As the number or date of another field is below a bound, the smallest first.
  case bands(of: FieldReference, Bounds, then: [Distribution], otherwise: Distribution?)
  /// One of several, by weights summed up.
  case mix([Distribution], cumulative: [Int64])

  enum NamePart: Sendable {
    case text(String)
    case word([String])
    case number
  }

  enum Bounds: Sendable {
    case numbers([Scaled])
    case days([Int])
  }

  /// The distributions and fields this one is made of.
  var parts: (distributions: [Distribution], fields: [FieldReference]) {
    switch self {
    case .text, .number, .missing, .choice, .steps, .quantiles, .date, .reference, .sequence, .name: ([], [])
    case .between(let from, let to, _): ([from, to], [])
    case .offset(let base, let months, let days): ([months, days].compactMap { $0 }, [base])
    case .next(let after, let first): ([first], [after])
    case .field(let reference): ([], [reference])
    case .scaled(let base, let times, _): ([times], [base])
    case .product(let factors, _, _): (factors, [])
    case .monthsBetween(let from, let to): ([], [from, to])
    case .code(let region, _): ([region], [])
    case .annual(let latest, let growth, _, let since, _): ([latest, growth], since.map { [$0] } ?? [])
    case .classes(let of, let cases, let otherwise): (cases.map(\.then) + (otherwise.map { [$0] } ?? []), [of])
    case .bands(let of, _, let then, let otherwise): (then + (otherwise.map { [$0] } ?? []), [of])
    case .mix(let parts, _): (parts, [])
    }
  }

  /// Every field that drawing may look at.
  var references: [FieldReference] { parts.fields + parts.distributions.flatMap(\.references) }

  /// Whether the row before of the same parent is looked at.
  var usesPrevious: Bool {
    if case .next = self { return true }
    return parts.distributions.contains { $0.usesPrevious }
  }
}
