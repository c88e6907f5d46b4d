/// What only the slow way of reading facts understands, or refuses.
struct Trouble: Error {
  enum Cause {
    /// The header of a file, or the file as a whole.
    case file
    /// The record that begins at the place.
    case record
    /// The key of the record that begins at the place stands in a record before it.
    case keyTwice
    /// A reference at the place leads to no row.
    case reference(field: String, key: String, record: String)
    /// Texts that are written in more than one way, somewhere.
    case spelling
  }

  var cause: Cause
  /// Bytes from the beginning of the file; nil where it is not known.
  var offset: Int?
  /// Which of the files, in the order of their names; nil where it is not known.
  var file: Int?
}
