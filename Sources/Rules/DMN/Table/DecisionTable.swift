public import Diagnostics
public import FEEL

/// A decision table (DMN 1.5 §8): rules over the values of input expressions.
public struct DecisionTable: Sendable {
  public var hitPolicy: HitPolicy
  /// Only with ``HitPolicy/collect`` and a single output.
  public var aggregation: Aggregation?
  public var inputs: [Input]
  public var outputs: [Output]
  public var rules: [Rule]
  /// The headers of the annotation columns.
  public var annotations: [String]
  public var outputLabel: String?
  public var place: SourcePlace

  public init(
    hitPolicy: HitPolicy = .unique, aggregation: Aggregation? = nil, inputs: [Input], outputs: [Output], rules: [Rule],
    annotations: [String] = [], outputLabel: String? = nil, place: SourcePlace
  ) {
    self.hitPolicy = hitPolicy
    self.aggregation = aggregation
    self.inputs = inputs
    self.outputs = outputs
    self.rules = rules
    self.annotations = annotations
    self.outputLabel = outputLabel
    self.place = place
  }

  /// One input clause: a column of unary tests.
  public struct Input: Sendable {
    public var label: String?
    public var expression: Expression
    public var type: TypeReference?
    /// A value that fails these makes the result null.
    public var allowed: UnaryTests?

    public init(
      label: String? = nil, expression: Expression, type: TypeReference? = nil, allowed: UnaryTests? = nil
    ) {
      self.label = label
      self.expression = expression
      self.type = type
      self.allowed = allowed
    }
  }

  /// One output clause: a column of expressions.
  public struct Output: Sendable {
    /// The entry of the result in tables with several outputs.
    public var name: String?
    public var label: String?
    public var type: TypeReference?
    /// A value that fails these becomes null. Their order is the order of priority, highest first.
    public var allowed: UnaryTests? { didSet { priorities = allowed?.singles ?? [] } }
    /// The value when no rule matches.
    public var defaultValue: Expression?
    /// The allowed values one by one.
    package private(set) var priorities: [UnaryTests]

    public init(
      name: String? = nil, label: String? = nil, type: TypeReference? = nil, allowed: UnaryTests? = nil,
      defaultValue: Expression? = nil
    ) {
      self.name = name
      self.label = label
      self.type = type
      self.allowed = allowed
      self.defaultValue = defaultValue
      priorities = allowed?.singles ?? []
    }
  }

  public struct Rule: Sendable {
    public var label: String?
    /// One for each input of the table.
    public var inputs: [UnaryTests]
    /// One for each output of the table.
    public var outputs: [Expression]
    /// One for each annotation column.
    public var annotations: [String]
    public var place: SourcePlace

    public init(
      label: String? = nil, inputs: [UnaryTests], outputs: [Expression], annotations: [String] = [], place: SourcePlace
    ) {
      self.label = label
      self.inputs = inputs
      self.outputs = outputs
      self.annotations = annotations
      self.place = place
    }
  }
}
