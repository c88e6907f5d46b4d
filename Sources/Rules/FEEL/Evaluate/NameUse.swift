/// A name of the host that an expression reads, with the path that follows: `企业.名称` reads 企业 and then 名称.
public struct NameUse: Hashable, Sendable {
  public var name: String
  /// Entries read one after the other from the value of the name; filters between them are passed over.
  public var path: [String]
  /// Offsets of Unicode scalars in the source text, of the name alone.
  public var span: Range<Int>
  /// False when neither the host nor the built-ins know the name: a mistake, or an entry of a filtered list.
  public var isKnown: Bool
  /// Inside a filter the name may instead be an entry of the element.
  public var isInFilter: Bool
}
