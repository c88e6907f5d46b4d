/// What is wrong, where, and how to mend it.
///
/// The words come from the message catalogue under the same code, so that a diagnostic reads in every language;
/// `arguments` fill the `{name}` places of its text. Codes are stable and documented in docs/pack-format.md.
public struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Severity: String, Sendable, Hashable, Codable { case error, warning, note }

  public var code: String
  public var severity: Severity
  public var place: SourcePlace
  public var arguments: [String: String]

  public init(
    _ code: String, _ severity: Severity = .error, at place: SourcePlace, _ arguments: [String: String] = [:]
  ) {
    self.code = code
    self.severity = severity
    self.place = place
    self.arguments = arguments
  }

  public func problem(in language: Language) -> String {
    Catalogue.shared.text(code, in: language, arguments)
  }

  /// How to mend it; nil when the catalogue has no advice for the code.
  public func remedy(in language: Language) -> String? {
    Catalogue.shared.remedy(code, in: language, arguments)
  }

  public func description(in language: Language) -> String {
    let head = "\(place): \(code): \(problem(in: language))"
    guard let remedy = remedy(in: language) else { return head }
    return "\(head)\n  \(Catalogue.shared.text("diagnostic.mend", in: language)) \(remedy)"
  }

  public var description: String { description(in: .chinese) }
}

extension Diagnostic: Comparable {
  public static func < (lhs: Diagnostic, rhs: Diagnostic) -> Bool {
    (lhs.place, lhs.code) < (rhs.place, rhs.code)
  }
}
