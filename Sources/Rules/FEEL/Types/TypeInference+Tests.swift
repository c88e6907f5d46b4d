import Diagnostics

/// Unary tests and `in` (DMN 1.5 §10.3.2.13 table 54, §7.3.5).
extension TypeInference {
  mutating func type(ofMembership operand: Node, _ tests: [Node]) -> FEELType {
    let input = type(of: operand)
    check(tests, against: input)
    return .boolean
  }

  /// Reports the tests that cannot be asked of such an input; when another one may hold the answer need not be null.
  mutating func check(_ tests: [Node], against input: FEELType) {
    let verdicts = tests.map { verdict(of: $0, on: input) }
    let isHopeless = verdicts.allSatisfy { if case .hopeless = $0 { true } else { false } }
    for (test, verdict) in zip(tests, verdicts) {
      switch verdict {
      case .possible: break
      case .hopeless(let type): report(test, type, isHopeless ? .error : .warning, on: input)
      case .never(let type): report(test, type, .warning, on: input)
      }
    }
  }

  private mutating func report(_ test: Node, _ type: FEELType, _ severity: Diagnostic.Severity, on input: FEELType) {
    report("feel.type.test", ["input": input.summary, "given": type.summary], as: severity, at: test)
  }

  private enum Verdict {
    case possible
    /// Null for every input.
    case hopeless(FEELType)
    /// False for every input.
    case never(FEELType)
  }

  private mutating func verdict(of test: Node, on input: FEELType) -> Verdict {
    switch test.kind {
    case .negatedTests(let tests):
      check(tests, against: input)
      return .possible
    case .test(let comparison, let operand):
      let type = type(of: operand)
      return comparison.mayHold(input, type) ? .possible : .hopeless(type)
    default:
      let type = type(of: test)
      return verdict(of: type, test, on: input)
    }
  }

  private func verdict(of type: FEELType, _ test: Node, on input: FEELType) -> Verdict {
    switch type {
    case .boolean where !test.isLiteral: return .possible
    case .range(let element):
      return input.mayBe(kind: .range) || input.mayBeOrdered(with: element) ? .possible : .hopeless(type)
    case .list(let element): return mayContain(element, input) ? .possible : .never(type)
    default: return input.mayBeEqual(to: type) ? .possible : .hopeless(type)
    }
  }

  /// Whether an element may equal the input, or be a range that holds it.
  private func mayContain(_ element: FEELType, _ input: FEELType) -> Bool {
    if input.mayBe(kind: .list) || input.mayBeEqual(to: element) { return true }
    if case .range(let inner) = element { return input.mayBeOrdered(with: inner) }
    return false
  }
}
