/// What a sheet that is to be written looks like: its name, and its columns under a frozen row of headings.
public struct SheetPlan: Sendable {
  /// What a sheet's name may not hold is replaced, so the name in the file may differ.
  public var name: String
  public var columns: [Column]

  public init(name: String, columns: [Column]) {
    self.name = name
    self.columns = columns
  }

  public struct Column: Sendable {
    public var heading: String
    public var kind: Kind
    /// What may be chosen in the cells of the column; anything when empty.
    public var choices: [String]
    /// A remark that shows when the pointer rests on the heading.
    public var note: String?
    /// In characters as wide as a digit; as wide as the content when nil.
    public var width: Int?

    public init(
      _ heading: String, _ kind: Kind = .general, choices: [String] = [], note: String? = nil, width: Int? = nil
    ) {
      self.heading = heading
      self.kind = kind
      self.choices = choices
      self.note = note
      self.width = width
    }
  }

  /// What cells that are still blank turn into when somebody types in them.
  public enum Kind: Sendable {
    case general
    /// Digits stay as they are typed: `0012` does not become `12`.
    case text
    case date, percent
    /// With separators and two decimals; other numbers turn into powers of ten when they are long.
    case money
  }
}
