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
    var deepest: Int16 = 0
    var mentions = if case .name(let name) = kind { name.text == "?" } else { false }
    Node.forEachChild(of: kind) { child in
      deepest = max(deepest, child.height)
      mentions = mentions || child.mentionsInput
    }
    height = 1 + deepest
    mentionsInput = mentions
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

  public var children: [Node] {
    var children: [Node] = []
    Node.forEachChild(of: kind) { children.append($0) }
    return children
  }

  /// Whether it, or a node below, reads a value bound inside the expression.
  public var readsLocals: Bool {
    if case .name(let name) = kind { return name.slot != nil || !name.filterSlots.isEmpty }
    return children.contains(where: \.readsLocals)
  }

  @inline(__always)
  private static func forEachChild(of kind: Kind, _ body: (Node) -> Void) {
    switch kind {
    case .literal, .malformedLiteral, .name: break
    case .path(let node, _), .negation(let node), .instance(let node, _), .test(_, let node): body(node)
    case .filter(let node, let condition, _):
      body(node)
      body(condition)
    case .call(let call):
      body(call.callee)
      call.arguments.forEach(body)
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right):
      body(left)
      body(right)
    case .conjunction(let nodes), .disjunction(let nodes), .list(let nodes), .negatedTests(let nodes):
      nodes.forEach(body)
    case .between(let node, let from, let to):
      body(node)
      body(from)
      body(to)
    case .membership(let node, let tests):
      body(node)
      tests.forEach(body)
    case .conditional(let condition, let yes, let no):
      body(condition)
      body(yes)
      body(no)
    case .iteration(let iteration):
      for variable in iteration.variables { variable.nodes.forEach(body) }
      body(iteration.result)
    case .quantified(_, let variables, let condition):
      for variable in variables { variable.nodes.forEach(body) }
      body(condition)
    case .function(let function): body(function.body)
    case .context(let entries): for entry in entries { body(entry.value) }
    case .interval(let interval):
      body(interval.start)
      body(interval.end)
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
