/// A node of the syntax tree. Immutable and shared; static checks walk it through ``children``.
public final class Node: Sendable {
  public let kind: Kind
  /// Offsets of Unicode scalars in the source text.
  public let span: Range<Int>
  /// Levels of nodes below and including this one.
  let height: Int16
  /// Whether `?` is read in it.
  public let mentionsInput: Bool

  init(_ kind: Kind, _ span: Range<Int>) {
    self.kind = kind
    self.span = span
    let children = Node.children(of: kind)
    height = 1 + (children.lazy.map(\.height).max() ?? 0)
    if case .name(let name) = kind {
      mentionsInput = name.text == "?"
    } else {
      mentionsInput = children.contains(where: \.mentionsInput)
    }
  }

  public enum Kind: Sendable {
    /// null, true, false, a number, a string, or an `@"…"` literal.
    case literal(Value)
    /// An `@"…"` literal whose text is no date, time or duration: null with a warning.
    case malformedLiteral(String)
    case name(Name)
    /// `expression.member`
    case path(Node, String)
    /// `expression[filter]`; the element is the local in `slot`.
    case filter(Node, by: Node, slot: Int)
    case call(Call)
    case negation(Node)
    case arithmetic(ArithmeticOperator, Node, Node)
    case comparison(ComparisonOperator, Node, Node)
    /// `a and b and c`
    case conjunction([Node])
    case disjunction([Node])
    case between(Node, from: Node, to: Node)
    /// `expression in tests`
    case membership(Node, [Node])
    case conditional(Node, then: Node, else: Node)
    case iteration(Iteration)
    case quantified(Quantifier, [IterationVariable], satisfies: Node)
    /// Without a type when what is named is none: `list` alone, without that of its elements.
    case instance(Node, of: FEELType?)
    case function(FunctionDefinition)
    case list([Node])
    case context([ContextEntry])
    case interval(Interval)
    /// `< 5`: in unary tests a test of the input, elsewhere a range.
    case test(ComparisonOperator, Node)
    /// `not(tests)` as unary tests.
    case negatedTests([Node])
  }

  public var children: [Node] { Node.children(of: kind) }

  /// Whether it, or a node below, reads a value bound inside the expression.
  public var readsLocals: Bool {
    if case .name(let name) = kind { return name.slot != nil || !name.filterSlots.isEmpty }
    return children.contains(where: \.readsLocals)
  }

  private static func children(of kind: Kind) -> [Node] {
    switch kind {
    case .literal, .malformedLiteral, .name: []
    case .path(let node, _), .negation(let node), .instance(let node, _), .test(_, let node): [node]
    case .filter(let node, let condition, _): [node, condition]
    case .call(let call): [call.callee] + call.arguments
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right): [left, right]
    case .conjunction(let nodes), .disjunction(let nodes), .list(let nodes), .negatedTests(let nodes): nodes
    case .between(let node, let from, let to): [node, from, to]
    case .membership(let node, let tests): [node] + tests
    case .conditional(let condition, let yes, let no): [condition, yes, no]
    case .iteration(let iteration): iteration.variables.flatMap(\.nodes) + [iteration.result]
    case .quantified(_, let variables, let condition): variables.flatMap(\.nodes) + [condition]
    case .function(let function): [function.body]
    case .context(let entries): entries.map(\.value)
    case .interval(let interval): [interval.start, interval.end]
    }
  }
}

public enum ArithmeticOperator: String, Sendable {
  case add = "+", subtract = "-", multiply = "*", divide = "/", power = "**"
}

public enum ComparisonOperator: String, Sendable {
  case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
}

public enum Quantifier: String, Sendable { case some, every }

/// A name, with where its value is found.
public struct Name: Sendable {
  public let text: String
  /// Position among the values bound inside the expression; nil for a name of the host or a built-in function.
  public let slot: Int?
  /// Elements of enclosing filters whose entries go before (`list[name = …]`), innermost first.
  public let filterSlots: [Int]
  /// The built-in function of that name, unless the host knows the name itself.
  public let builtin: Builtin?
}

public struct Call: Sendable {
  public let callee: Node
  public let arguments: [Node]
  /// The names of the arguments, in their order; empty for a positional call.
  public let names: [String]
}

public struct Iteration: Sendable {
  public let variables: [IterationVariable]
  /// The local that holds the results so far (`partial`).
  public let partialSlot: Int
  /// Whether the result reads `partial`; otherwise the list of results so far is not kept for it.
  let readsPartial: Bool
  public let result: Node
}

/// `name in list` or `name in start..end`.
public struct IterationVariable: Sendable {
  public let name: String
  public let slot: Int
  public let domain: Node
  public let end: Node?

  var nodes: [Node] { end.map { [domain, $0] } ?? [domain] }
}

public struct ContextEntry: Sendable {
  public let key: String
  public let value: Node
  public let slot: Int
  /// Whether the value is a function that knows itself by the key: the slot is there before its value.
  let knowsItself: Bool
}

public struct Interval: Sendable {
  public let start, end: Node
  public let startIncluded, endIncluded: Bool
}

/// `function(a: number, b) body`, or with `external` a body that describes the outside function.
public struct FunctionDefinition: Sendable {
  public let parameters: [FunctionParameter]
  public let body: Node
  public let isExternal: Bool
  /// The type of the result, so far as the body shows it.
  public let result: FEELType
  /// The slot of the context entry that the function is the value of, so that it can call itself.
  let ownSlot: Int?
  /// How many locals the surrounding expression has here, and which of them the function keeps.
  let localCount: Int
  let keptSlots: [Int]
  /// Names of the host that the body reads: kept when the function is made.
  let hostNames: [String]
}
