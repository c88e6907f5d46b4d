public import FEEL
public import Policy
public import Population

/// What is to be tried out over the population of a region.
public struct SimulationQuestion: Sendable {
  public var asOf: CalendarDate
  /// Parameters by name or id, as typed.
  public var settings: [String: String]
  /// Rules instead of those of the region, over the same dictionary.
  public var rules: Rulebook?
  /// A field or decision to group by.
  public var dimension: String?
  /// The schemes asked for; nil for all.
  public var schemes: Set<String>?
  /// `NAME=FROM..TO/STEP`
  public var sweep: String?
  /// The parameter that is being moved: the next question will most likely differ in it alone.
  public var atHand: String?

  public init(
    asOf: CalendarDate, settings: [String: String] = [:], rules: Rulebook? = nil, dimension: String? = nil,
    schemes: Set<String>? = nil, sweep: String? = nil, atHand: String? = nil
  ) {
    self.asOf = asOf
    self.settings = settings
    self.rules = rules
    self.dimension = dimension
    self.schemes = schemes
    self.sweep = sweep
    self.atHand = atHand
  }
}

/// The figures, with what a reader must know of how they came about.
public struct SimulationAnswer: Sendable {
  /// A parameter that is set otherwise than in the base.
  public struct Setting: Hashable, Sendable {
    public var parameter: String
    public var id: String
    /// As typed.
    public var value: String
    /// As the pack writes it; nil for one that is left open.
    public var base: String?
  }

  public var rulebook: Rulebook
  public var asOf: CalendarDate
  public var settings: [Setting]
  /// How many subjects there are.
  public var subjects: Int
  /// The record type of the subjects.
  public var record: String
  public var result: SimulationResult
  public var sweep: SimulationSweep?
  /// How many subjects were worked out again.
  public var recomputedRows: Int
  /// How many outcomes, of a scheme for a subject, the interpreter gave: in the base, and for the change.
  public var interpreted: (base: Int, variant: Int)
  /// How many amounts are too long to add up, and count as nothing: in the base, and for the change.
  public var beyond: (base: Int, variant: Int)
  /// Schemes without a plan for columns, with the reason.
  public var unplanned: [(scheme: String, why: Unsupported)]
  /// Schemes that were not worked out: they have no plan, and there are too many subjects to interpret.
  public var leftOut: [String]
}
