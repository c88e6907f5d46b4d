/// Two keys that may be one record, and why.
public struct DuplicatePair: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// Their codes have the same organisation code.
    case organisation(String)
    /// Names by which they are or were known are the same but for brackets, blanks and legal form.
    case sameName(String, String)
    /// Names are alike: of a thousand, how much of them is common.
    case similarName(String, String, alike: Int)
  }

  public var key: String
  public var other: String
  /// The strongest first.
  public var reasons: [Reason]

  /// More is likelier.
  public var weight: Int { reasons.reduce(0) { $0 + $1.weight } }

  /// The likelier first, then by their keys.
  static func stands(_ a: DuplicatePair, before b: DuplicatePair) -> Bool {
    (b.weight, a.key, a.other) < (a.weight, b.key, b.other)
  }
}

extension DuplicatePair.Reason {
  var weight: Int {
    switch self {
    case .organisation: 1_200
    case .sameName: Self.whole
    case .similarName(_, _, let alike): Self.weight(alike: alike)
    }
  }

  /// Of names of which so much is common.
  static func weight(alike: Int) -> Int { alike * 4 / 5 }

  /// What of names is common when all is.
  static let whole = 1_000
}

/// What a search for duplicates has found.
public struct DuplicateReport: Sendable {
  /// The likeliest first.
  public var pairs: [DuplicatePair]
  /// How many records were looked at.
  public var records: Int
  /// How many names were compared with the same names only, because every part of them stands in too many others.
  public var common: Int
}
