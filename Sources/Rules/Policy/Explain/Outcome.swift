public import Diagnostics
public import FEEL

/// The five answers, in the order in which they take precedence (DESIGN §6.2).
public enum Verdict: String, Sendable, Hashable, CaseIterable, Codable {
  case notApplicable = "not-applicable"
  case unmet
  case undetermined
  case review
  case met
}

/// One scheme, one subject.
public struct Outcome: Sendable {
  public var scheme: Scheme
  public var subject: RecordReference
  public var verdict: Verdict
  /// 元; present when the verdict is met (or needs review) and the scheme pays.
  public var amount: Decimal128?
  /// The condition that decided an unmet outcome.
  public var decidedBy: ConditionResult?
  /// Why it is not applicable, unmet, undetermined or to be reviewed; nil when met.
  public var reason: Reason?
  public var conditions: [ConditionResult]
  /// What to supply so that it can be decided.
  public var missing: [MissingItem]
  /// How the amount was cut after it had been computed: caps.
  public var adjustments: [Reason]
  /// Parameters whose suggested reading the outcome rests on (按建议口径).
  public var suggested: [ParameterUse]
  public var warnings: [Diagnostic]
  public var trace: [TraceNode]
  /// The date whose version of rules and parameters governed.
  public var governedBy: CalendarDate
}

/// Why an outcome is what it is: in the pack's own words, or a sentence of the catalogue.
public enum Reason: Hashable, Sendable {
  case pack(String)
  case catalogue(String, [String: String] = [:])

  public func text(in language: Language) -> String {
    switch self {
    case .pack(let words): words
    case .catalogue(let key, let arguments): Catalogue.shared.text(key, in: language, arguments)
    }
  }
}

public struct ConditionResult: Sendable {
  public enum State: String, Sendable { case holds, fails, open }
  public var name: String
  public var state: State
  public var otherwise: String?
  public var source: String
  public var place: SourcePlace
  public var trace: [TraceNode]
}

/// Something an outcome still needs: a fact, a whole list of records, or a parameter the policy left open.
public struct MissingItem: Hashable, Sendable {
  public enum Kind: String, Sendable { case fact, records, parameter }
  public var kind: Kind
  /// The record that lacks it; nil for a parameter.
  public var record: RecordReference?
  /// The field, record type or parameter.
  public var name: String
  public var unit: String?
  public var type: ValueType?
  public var meaning: String?
  public var authority: Field.Authority?
  /// For a parameter, why it is open.
  public var reason: String?

  /// Record and name tell nearly all apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(record)
    hasher.combine(name)
  }
}

public struct ParameterUse: Hashable, Sendable {
  public var name: String
  public var id: String
  public var value: String
  public var note: String?
}

/// A record by type and key.
public struct RecordReference: Hashable, Sendable, Comparable {
  public var type: String
  public var key: String
  /// The name to show.
  public var display: String

  public init(type: String, key: String, display: String) {
    self.type = type
    self.key = key
    self.display = display
  }

  /// The key alone tells nearly all apart.
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }

  public static func < (a: RecordReference, b: RecordReference) -> Bool { (a.type, a.key) < (b.type, b.key) }
}

/// How a value came about: a tree from outcome to facts. Format version 1.
public struct TraceNode: Sendable {
  public enum Kind: String, Sendable { case decision, function, fact, parameter }
  public var kind: Kind
  public var name: String
  /// The record the value is of; nil for parameters and decisions about nothing.
  public var subject: RecordReference?
  /// As a reader sees it.
  public var value: String
  /// Whether the value rests on something unknown.
  public var isOpen: Bool
  public var unit: String?
  public var citation: Citation?
  public var place: SourcePlace?
  /// The source of a fact (file and row), or the state of a parameter.
  public var origin: String?
  public var rules: [RuleTrace]
  public var children: [TraceNode]
}

/// One rule of a decision table in a trace.
public struct RuleTrace: Sendable {
  public enum State: String, Sendable { case fired, failed, open }
  public var label: String
  public var state: State
  /// For a failed rule, the first input that failed it: its header, the test, the value met.
  public var failedInput: String?
  public var failedTest: String?
  public var failedValue: String?
  public var annotations: [String]
  public var place: SourcePlace
}

/// All schemes for one enterprise.
public struct CheckUp: Sendable {
  public var enterprise: RecordReference
  public var asOf: CalendarDate
  public var schemes: [SchemeOutcome]

  /// 元, over the schemes that are met.
  public var total: Decimal128 {
    schemes.compactMap(\.amount).reduce(.zero) { ($0 + $1) ?? $0 }
  }
}

/// One scheme for one enterprise: an outcome per record it is about, and the sum.
public struct SchemeOutcome: Sendable {
  public var scheme: Scheme
  public var verdict: Verdict
  /// 元; the sum over the outcomes that are met. nil when none is, or the scheme pays nothing.
  public var amount: Decimal128?
  /// Why it is not met: the reasons of the outcomes that gave the verdict, each once, or that there is no such record.
  /// For one that is met, how its amount was cut.
  public var reasons: [Reason]
  public var outcomes: [Outcome]
  public var missing: [MissingItem]
}
