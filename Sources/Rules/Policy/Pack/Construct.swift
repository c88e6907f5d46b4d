public import DMN
public import Diagnostics
public import FEEL

/// What a pack says that can be decided, chosen, expected or followed up.
public enum Construct: Sendable {
  case decision(PolicyDecision)
  case parameter(Parameter)
  case scheme(Scheme)
  case declaration(Declaration)
  case example(Example)

  public var name: String {
    switch self {
    case .decision(let decision): decision.name
    case .parameter(let parameter): parameter.name
    case .scheme(let scheme): scheme.name
    case .declaration(let declaration): declaration.name
    case .example(let example): example.name
    }
  }
}

/// The type of a decision, parameter or field: a kind of value, and for numbers what they measure.
public struct ValueType: Hashable, Sendable {
  public enum Kind: String, Sendable { case text, number, boolean, date, uscc, list, context, reference }

  public var kind: Kind
  public var unit: Unit?
  /// The record type a reference leads to.
  public var record: String?

  public init(_ kind: Kind, unit: Unit? = nil, record: String? = nil) {
    self.kind = kind
    self.unit = unit
    self.record = record
  }
}

/// One version of a decision, or a function (a DMN business knowledge model).
public struct PolicyDecision: Sendable {
  public enum Body: Sendable {
    case expression(Expression)
    case table(DecisionTable)
  }

  /// A parameter of a function.
  public struct Formal: Hashable, Sendable {
    public var name: String
    public var type: ValueType
  }

  public var name: String
  public var id: String?
  public var citation: Citation
  /// The record type the decision is about; nil when it depends on nothing but parameters.
  public var about: String?
  public var type: ValueType
  public var inForce: Period
  public var datedBy: Expression?
  /// nil for a decision.
  public var formals: [Formal]?
  public var body: Body
  public var refs: [String]
  public var note: String?
  /// What the author says of a steep fall of the amount; nil when nothing.
  public var cliff: String?
  public var place: SourcePlace
  /// The body as typed, for readers.
  public var source: Source

  public enum Source: Sendable {
    case feel(String)
    case table(RawTable)
  }

  public var isFunction: Bool { formals != nil }
}

/// A figure or choice the text fixes, suggests or leaves open.
public struct Parameter: Sendable {
  public enum State: Hashable, Sendable {
    /// Written in the text.
    case fixed
    /// Not in the text: a suggested reading, which outcomes name.
    case suggested
    /// Not in the text and not suggested, with the reason: outcomes that need it are undetermined.
    case undetermined(String)
  }

  public var name: String
  public var id: String
  public var citation: Citation
  public var type: ValueType
  /// The closed list of words, when the parameter is a choice.
  public var choices: [String]
  public var bounds: UnaryTests?
  /// The bounds as typed.
  public var boundsSource: String?
  public var state: State
  /// nil when undetermined. Numbers are in the base unit.
  public var value: Value?
  /// The value as typed.
  public var valueSource: String?
  public var inForce: Period
  public var note: String?
  public var reason: String?
  public var refs: [String]
  public var place: SourcePlace
  /// Where the value is typed.
  public var valuePlace: SourcePlace
}

/// A benefit or a title: who it is for, on what conditions, and how much.
public struct Scheme: Sendable {
  public enum Kind: String, Sendable { case benefit, title }

  /// One row of the eligibility table.
  public struct Condition: Sendable {
    public var name: String
    public var test: Expression
    /// What to say when it fails.
    public var otherwise: String?
    public var place: SourcePlace
  }

  public var kind: Kind
  public var name: String
  public var citation: Citation
  public var about: String
  public var applies: Expression?
  public var conditions: [Condition]
  public var review: Expression?
  public var amount: Expression?
  public var datedBy: Expression?
  public var inForce: Period
  /// The most that all records of one subject come to together, in 元, as FEEL about the subject.
  public var cap: Expression?
  /// Fields as typed that are shown and not computed: 期限, 资金, 兑付 …, by their keyword id.
  public var details: [Detail]
  /// The names in 不叠加, 择优, 资金 and 兑付.
  public var mentions: [Mention]
  /// What the author says of a steep fall of the amount; nil when nothing.
  public var cliff: String?
  public var refs: [String]
  public var note: String?
  public var place: SourcePlace

  public struct Detail: Hashable, Sendable {
    public var field: String
    public var values: [String]
  }

  public func mentions(in field: String) -> [Mention] { mentions.filter { $0.field == field } }

  /// `pack/document/clause#name`
  public var reference: String { "\(citation)#\(name)" }
}

/// A name in a field, which must lead to something.
public struct Mention: Hashable, Sendable {
  /// The field's keyword id.
  public var field: String
  public var name: String
  public var place: SourcePlace
}

/// A construct that is checked and shown now, and run by a later part of Silian: a list, a target, a case.
public struct Declaration: Sendable {
  public var kind: String
  public var name: String
  public var citation: Citation
  public var about: String?
  public var details: [Scheme.Detail]
  public var expressions: [Expression]
  public var table: RawTable?
  public var refs: [String]
  public var lead: [String]
  public var responsible: [String]
  /// The names in 牵头, 责任 and in fields that name another construct.
  public var mentions: [Mention]
  public var note: String?
  public var place: SourcePlace

  public func values(of field: String) -> [String] { details.first { $0.field == field }?.values ?? [] }
}

/// Facts, a date, and what they must come to.
public struct Example: Sendable {
  public struct Override: Hashable, Sendable {
    public var parameter: String
    public var value: String
    public var place: SourcePlace
  }

  /// One row of the expectation table; nil expects nothing.
  public struct Expectation: Sendable {
    /// nil for the total over all subjects.
    public var subject: String?
    public var target: String?
    public var targetIsDecision: Bool
    public var verdict: Verdict?
    public var amount: Decimal128?
    public var reason: String?
    public var value: Expression?
    public var missing: [String]
    public var place: SourcePlace
  }

  public var name: String
  public var citation: Citation
  public var asOf: CalendarDate?
  public var basedOn: String?
  public var overrides: [Override]
  /// Record types known to have no rows.
  public var none: [String]
  public var tables: [RawTable]
  public var expectations: [Expectation]
  public var refs: [String]
  public var note: String?
  public var place: SourcePlace
}
