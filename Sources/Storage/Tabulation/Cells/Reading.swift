/// What a cell is read as.
enum Reading: Equatable {
  /// As facts are written; empty when nothing is known.
  case text(String)
  /// A code of the catalogue; `value` is added to the arguments.
  case refused(String, [String: String] = [:])
}
