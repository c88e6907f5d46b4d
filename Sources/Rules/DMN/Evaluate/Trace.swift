public import Diagnostics
public import FEEL

/// How a value came about: the tree from a decision down to the rules of its tables and the facts.
public struct Trace: Sendable {
  public enum Step: Sendable {
    /// Given from outside: input data, or a decision whose value was handed in.
    case input(String)
    case decision(String)
    /// A decision that stands in full elsewhere in the tree.
    case seen(String)
    case knowledgeModel(String)
    case service(String)
    /// A FEEL expression, with its source text.
    case literal(String)
    case table(TableTrace)
    /// A cell of a context, relation or list, an argument or an item, by its name or number.
    case entry(String)
    /// Another boxed expression, by the name of its element in DMN XML: `context`, `filter`, `for`.
    case boxed(String)
  }

  public var step: Step
  public var value: Value
  /// The missing inputs that the value depends on.
  public var absences: Set<Absence>
  /// Where it is written, when that is known.
  public var place: SourcePlace?
  public var children: [Trace]

  public init(_ step: Step, _ result: Binding, at place: SourcePlace? = nil, children: [Trace] = []) {
    self.step = step
    self.value = result.value
    self.absences = result.absences
    self.place = place
    self.children = children
  }

  var binding: Binding { Binding(value, absences: absences) }
}

/// The result of an evaluation with the way it came about.
public struct TracedEvaluation: Sendable {
  public var value: Value
  /// The missing inputs the value depends on; empty when it is decided.
  public var absences: Set<Absence>
  public var warnings: [Diagnostic]
  public var trace: Trace

  public init(_ trace: Trace, warnings: [Diagnostic]) {
    value = trace.value
    absences = trace.absences
    if case .null(let absence?) = trace.value { absences.insert(absence) }
    self.warnings = warnings
    self.trace = trace
  }

  public var evaluation: Evaluation { Evaluation(value, absences: absences, warnings: warnings) }
}
