/// How sure it is that a heading means a field.
public enum Match: String, Codable, Sendable {
  /// The field's own name or id, letter by letter.
  case exact
  /// The same but for blanks, line breaks, width, case, marks or where year and unit stand.
  case normalised
  /// A word that is known to mean the field.
  case remembered
  /// Somebody said so.
  case confirmed
  /// Only like it: nothing is read before somebody confirms it.
  case near

  var isSure: Bool { self != .near }
}
