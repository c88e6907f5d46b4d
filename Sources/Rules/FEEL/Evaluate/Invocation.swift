public import Diagnostics

/// The running state of one evaluation: the moment, the warnings, the absences met, and the work still allowed.
///
/// Built-ins and host functions receive it `inout`. A host that evaluates many decisions together may keep one and
/// pass it to ``Expression/evaluate(in:with:)``, so that they share the moment, the budget and the warnings.
public struct Invocation {
  public let options: EvaluationOptions
  /// Nulls with a cause, in the order they were met.
  public internal(set) var warnings: [Diagnostic] = []
  /// The absences noted so far and not dropped again by an operand that decides without them.
  public var absences: Set<Absence> = []
  /// Where the expression under evaluation begins, and its text: warnings point into it.
  var place = SourcePlace(file: "")
  var source = ""
  /// The span of the node that a warning is about.
  var span = 0..<0
  var scope: any Scope = Bindings()
  /// Values bound inside the expression, innermost last; those of the present function begin at `base`.
  var locals: [Binding] = []
  var base = 0
  var depth = 0
  /// The depth that the present stack bears.
  var depthLimit: Int
  /// Whether evaluation goes on where there is room to nest deep.
  package internal(set) var isOnLargeStack = false
  var steps = 0
  /// Lists, contexts and ranges made so far (``Invocation/bounded(_:)``).
  var containers = 0
  /// Functions made so far that keep other functions.
  var chainedFunctions = 0
  private var moment: DateTime?

  public init(options: EvaluationOptions = .init()) {
    self.options = options
    depthLimit = min(Self.smallDepth, options.maximumDepth)
    moment = options.now
  }

  /// How deep evaluation may nest where the stack may be small.
  private static let smallDepth = 32

  /// The moment of the evaluation: the same each time it is asked.
  public var now: DateTime {
    mutating get {
      if let moment { return moment }
      let present = DateTime.present()
      moment = present
      return present
    }
  }
}

// MARK: - Warnings

extension Invocation {
  /// Most warnings one evaluation keeps; a loop that fails for each of a million items says so a hundred times.
  static let maximumWarnings = 100

  /// Worth asking before working out what a warning says.
  var canWarn: Bool { warnings.count < Self.maximumWarnings }

  /// Notes a warning at the node under evaluation. The code's text is in the message catalogue.
  /// - Parameter arguments: worked out only when the warning is kept.
  public mutating func warn(_ code: String, _ arguments: @autoclosure () -> [String: String] = [:]) {
    guard canWarn else { return }
    let place = place.advanced(by: span.lowerBound, in: source)
    warnings.append(Diagnostic(code, .warning, at: place, arguments()))
  }

  mutating func warn(_ code: String, _ arguments: @autoclosure () -> [String: String] = [:], at node: Node) {
    span = node.span
    warn(code, arguments())
  }
}

// MARK: - Work

extension Invocation {
  /// Counts work done; false when the evaluation has used up what it may, which is warned of once.
  @inline(__always)
  public mutating func spend(_ amount: Int) -> Bool {
    let (sum, overflow) = steps.addingReportingOverflow(amount)
    guard !overflow, sum <= options.maximumSteps else { return exhaust() }
    steps = sum
    return true
  }

  private mutating func exhaust() -> Bool {
    let limit = options.maximumSteps
    if steps != Int.max { warn("feel.evaluate.steps", ["limit": String(limit)]) }
    steps = Int.max
    return false
  }

  /// The work still allowed.
  var stepsLeft: Int { max(0, options.maximumSteps - steps) }

  /// Whether the work is used up, so that loops need not go on.
  public var isExhausted: Bool { steps == Int.max }
}

// MARK: - Absences

extension Invocation {
  /// Remembers that the result depends on an input that was not given, when `value` is such a null.
  @inline(__always)
  public mutating func note(_ value: Value) {
    if case .null(let absence?) = value { absences.insert(absence) }
  }

  @inline(__always)
  mutating func note(_ binding: Binding) {
    note(binding.value)
    if !binding.absences.isEmpty { absences.formUnion(binding.absences) }
  }

  /// Notes the absences inside lists, however deep; entries of contexts are not looked at.
  mutating func noteElements(of value: Value, depth: Int = 32) {
    guard case .list(let items) = value, depth > 0 else { return note(value) }
    for item in items { noteElements(of: item, depth: depth - 1) }
  }

  /// Runs `body` with no absences noted.
  /// - Returns: its value, and the absences it noted, which are not kept.
  @inline(__always)
  mutating func apart(_ body: (inout Invocation) -> Value) -> Binding {
    let outer = absences
    absences = []
    let value = body(&self)
    let own = absences
    absences = outer
    return Binding(value, absences: own)
  }
}

// MARK: - Frames

extension Invocation {
  /// Runs `body` as an expression of its own: another text, another scope, other locals.
  /// - Returns: its value, and the absences it noted, which are not kept.
  mutating func run(
    in scope: some Scope, source: String, place: SourcePlace, locals: [Binding],
    _ body: (inout Invocation) -> Value
  ) -> Binding {
    let outer = (self.scope, self.source, self.place, span, base)
    self.scope = scope
    self.source = source
    self.place = place
    base = self.locals.count
    self.locals.append(contentsOf: locals)
    let result = apart(body)
    self.locals.removeLast(self.locals.count - base)
    (self.scope, self.source, self.place, span, base) = outer
    return result
  }
}
