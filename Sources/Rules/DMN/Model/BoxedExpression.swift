public import Diagnostics
public import FEEL

/// The value expression of a decision, in any of the forms of DMN 1.5 §10.2.
public indirect enum BoxedExpression: Sendable {
  case literal(Expression)
  case table(DecisionTable)
  case context(BoxedContext)
  case relation(Relation)
  case list([BoxedExpression])
  case invocation(BoxedInvocation)
  case function(BoxedFunction)
  case conditional(BoxedConditional)
  case filter(BoxedFilter)
  case iteration(BoxedIteration)
  /// An expression that could not be read. Its value is null, with the diagnostics as warnings, so that the rest of the
  /// model still runs.
  case invalid([Diagnostic])
}

/// Entries that later entries may read (DMN 1.5 §10.2.1.4).
public struct BoxedContext: Sendable {
  public struct Entry: Sendable {
    public var variable: InformationItem
    public var value: BoxedExpression

    public init(_ variable: InformationItem, _ value: BoxedExpression) {
      self.variable = variable
      self.value = value
    }
  }

  public var entries: [Entry]
  /// The result cell; nil when the context itself is the result.
  public var result: BoxedExpression?

  public init(_ entries: [Entry], result: BoxedExpression? = nil) {
    self.entries = entries
    self.result = result
  }
}

/// A list of contexts written as a table (DMN 1.5 §10.2.1.6).
public struct Relation: Sendable {
  public var columns: [InformationItem]
  /// Each as long as the columns.
  public var rows: [[BoxedExpression]]

  public init(columns: [InformationItem], rows: [[BoxedExpression]]) {
    self.columns = columns
    self.rows = rows
  }
}

/// A function called with its arguments by name (DMN 1.5 §10.2.1.3).
public struct BoxedInvocation: Sendable {
  public struct Argument: Sendable {
    public var parameter: InformationItem
    /// nil when the model binds nothing: null.
    public var value: BoxedExpression?

    public init(_ parameter: InformationItem, _ value: BoxedExpression?) {
      self.parameter = parameter
      self.value = value
    }
  }

  /// What is called: mostly a literal expression that names a knowledge model.
  public var function: BoxedExpression
  public var arguments: [Argument]
  public var place: SourcePlace

  public init(_ function: BoxedExpression, arguments: [Argument], place: SourcePlace) {
    self.function = function
    self.arguments = arguments
    self.place = place
  }
}

/// A function written out (DMN 1.5 §10.2.1.7).
public struct BoxedFunction: Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case feel = "FEEL"
    /// The body is a context with `class` and `method signature`.
    case java = "Java"
    /// The body is a context with `document` and `model`.
    case pmml = "PMML"
  }

  public var kind: Kind
  public var parameters: [InformationItem]
  /// nil when the model leaves it open: a call gives null.
  public var body: BoxedExpression?
  public var result: TypeReference?
  public var place: SourcePlace

  public init(
    kind: Kind = .feel, parameters: [InformationItem], body: BoxedExpression?, result: TypeReference? = nil,
    place: SourcePlace
  ) {
    self.kind = kind
    self.parameters = parameters
    self.body = body
    self.result = result
    self.place = place
  }
}

/// if, then, else (DMN 1.5 §10.2.1.8).
public struct BoxedConditional: Sendable {
  public var condition, then, otherwise: BoxedExpression
  public var place: SourcePlace

  public init(if condition: BoxedExpression, then: BoxedExpression, else otherwise: BoxedExpression, place: SourcePlace)
  {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
    self.place = place
  }
}

/// The items of a list for which `match` holds (DMN 1.5 §10.2.1.9); `match` reads the item as `item`.
public struct BoxedFilter: Sendable {
  public var list, match: BoxedExpression
  public var place: SourcePlace

  public init(_ list: BoxedExpression, match: BoxedExpression, place: SourcePlace) {
    self.list = list
    self.match = match
    self.place = place
  }
}

/// for, every or some over the items of a list (DMN 1.5 §10.2.1.10).
public struct BoxedIteration: Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A list with the value of the body for each item; the body reads the values so far as `partial`.
    case `for`
    case every
    case some
  }

  public var kind: Kind
  /// What the body calls the item, with the type of the list's items.
  public var variable: InformationItem
  public var list: BoxedExpression
  public var body: BoxedExpression
  public var place: SourcePlace

  public init(
    _ kind: Kind, _ variable: InformationItem, in list: BoxedExpression, body: BoxedExpression, place: SourcePlace
  ) {
    self.kind = kind
    self.variable = variable
    self.list = list
    self.body = body
    self.place = place
  }
}
