public import Diagnostics

/// An element of the requirements graph (DMN 1.5 §6.3.4).
public enum Element: Sendable {
  case input(InputData)
  case decision(Decision)
  case knowledgeModel(BusinessKnowledgeModel)
  case service(DecisionService)
  case knowledgeSource(KnowledgeSource)

  public var id: String {
    switch self {
    case .input(let input): input.id
    case .decision(let decision): decision.id
    case .knowledgeModel(let model): model.id
    case .service(let service): service.id
    case .knowledgeSource(let source): source.id
    }
  }

  /// The name under which others read or call it.
  public var name: String {
    switch self {
    case .input(let input): input.variable.name
    case .decision(let decision): decision.variable.name
    case .knowledgeModel(let model): model.variable.name
    case .service(let service): service.variable.name
    case .knowledgeSource(let source): source.name
    }
  }

  public var place: SourcePlace {
    switch self {
    case .input(let input): input.place
    case .decision(let decision): decision.place
    case .knowledgeModel(let model): model.place
    case .service(let service): service.place
    case .knowledgeSource(let source): source.place
    }
  }
}

/// A fact that is given (DMN 1.5 §6.3.11).
public struct InputData: Sendable {
  public var id: String
  public var variable: InformationItem
  public var documentation: String?
  public var place: SourcePlace

  public init(id: String, variable: InformationItem, documentation: String? = nil, place: SourcePlace) {
    self.id = id
    self.variable = variable
    self.documentation = documentation
    self.place = place
  }
}

/// What is decided, from what, and how (DMN 1.5 §6.3.7).
public struct Decision: Sendable {
  public var id: String
  public var variable: InformationItem
  public var documentation: String?
  public var question, allowedAnswers: String?
  public var requirements: [Requirement]
  /// nil when the model leaves it open: null.
  public var expression: BoxedExpression?
  public var place: SourcePlace

  public init(
    id: String, variable: InformationItem, documentation: String? = nil, question: String? = nil,
    allowedAnswers: String? = nil, requirements: [Requirement] = [], expression: BoxedExpression?, place: SourcePlace
  ) {
    self.id = id
    self.variable = variable
    self.documentation = documentation
    self.question = question
    self.allowedAnswers = allowedAnswers
    self.requirements = requirements
    self.expression = expression
    self.place = place
  }
}

/// A function that decisions and other knowledge models call (DMN 1.5 §6.3.9).
public struct BusinessKnowledgeModel: Sendable {
  public var id: String
  /// The type is that of the function, or of what it gives.
  public var variable: InformationItem
  public var documentation: String?
  public var requirements: [Requirement]
  /// nil when the model leaves it open: a call gives null.
  public var logic: BoxedFunction?
  public var place: SourcePlace

  public init(
    id: String, variable: InformationItem, documentation: String? = nil, requirements: [Requirement] = [],
    logic: BoxedFunction?, place: SourcePlace
  ) {
    self.id = id
    self.variable = variable
    self.documentation = documentation
    self.requirements = requirements
    self.logic = logic
    self.place = place
  }
}

/// Decisions offered together as a function (DMN 1.5 §6.3.10, §10.4). Its parameters are the input data, then the input
/// decisions, in their order.
public struct DecisionService: Sendable {
  public var id: String
  public var variable: InformationItem
  public var documentation: String?
  public var outputs, encapsulated, inputDecisions, inputs: [Reference]
  public var place: SourcePlace

  public init(
    id: String, variable: InformationItem, documentation: String? = nil, outputs: [Reference],
    encapsulated: [Reference] = [], inputDecisions: [Reference] = [], inputs: [Reference] = [], place: SourcePlace
  ) {
    self.id = id
    self.variable = variable
    self.documentation = documentation
    self.outputs = outputs
    self.encapsulated = encapsulated
    self.inputDecisions = inputDecisions
    self.inputs = inputs
    self.place = place
  }
}

/// The authority behind decisions: a law, a regulation, an expert (DMN 1.5 §6.3.12).
public struct KnowledgeSource: Sendable {
  public var id: String
  public var name: String
  public var documentation: String?
  public var type, location: String?
  public var owner: Reference?
  public var requirements: [Requirement]
  public var place: SourcePlace

  public init(
    id: String, name: String, documentation: String? = nil, type: String? = nil, location: String? = nil,
    owner: Reference? = nil, requirements: [Requirement] = [], place: SourcePlace
  ) {
    self.id = id
    self.name = name
    self.documentation = documentation
    self.type = type
    self.location = location
    self.owner = owner
    self.requirements = requirements
    self.place = place
  }
}

/// Another element, by its id (`href`).
public struct Reference: Hashable, Sendable {
  /// nil for the model in which the reference stands.
  public var namespace: String?
  public var id: String

  public init(_ id: String, namespace: String? = nil) {
    self.id = id
    self.namespace = namespace
  }
}

/// An edge of the requirements graph (DMN 1.5 §6.3.13 to §6.3.15).
public struct Requirement: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The value of input data or of a decision.
    case information
    /// A function to call: a knowledge model or a service.
    case knowledge
    /// A source that guides it; plays no part in evaluation.
    case authority
  }

  public var kind: Kind
  public var target: Reference

  public init(_ kind: Kind, _ target: Reference) {
    self.kind = kind
    self.target = target
  }
}
