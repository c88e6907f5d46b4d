import Diagnostics

/// What became of all cases.
public struct ConformanceReport: Sendable {
  public var results: [CaseResult]

  public init(results: [CaseResult]) { self.results = results }

  /// The cases of one level, counted.
  public struct Level: Sendable {
    public var name: String
    public var passed: Int
    public var total: Int
    /// Cases that expect something other than null.
    public var passedWithValue: Int
    public var totalWithValue: Int
  }

  /// The levels in the order of their names.
  public var levels: [Level] {
    Dictionary(grouping: results, by: \.level).sorted { $0.key < $1.key }.map { Self.count($0.value, as: $0.key) }
  }

  /// All levels together, under the empty name.
  public var total: Level { Self.count(results, as: "") }

  public var failures: [CaseResult] { results.filter { $0.outcome == .error } }

  private static func count(_ results: [CaseResult], as name: String) -> Level {
    let passed = results.filter { $0.outcome == .success }
    return Level(
      name: name, passed: passed.count, total: results.count, passedWithValue: passed.count(where: \.expectsValue),
      totalWithValue: results.count(where: \.expectsValue))
  }

  /// The report in the kit's own form: folder, file, case, outcome, message; a line for each case, no header.
  public var csv: String { results.map { $0.row + "\n" }.joined() }
}

extension CaseResult {
  fileprivate var row: String {
    let message = problem.map { "\($0.code): \($0.problem(in: .english))" } ?? ""
    return ["\(level)/\(folder)", file, id, outcome.rawValue, message].map(\.quoted).joined(separator: ",")
  }
}

extension String {
  fileprivate var quoted: String {
    let line = split(whereSeparator: \.isNewline).joined(separator: " ")
    return "\"\(line.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
  }
}
