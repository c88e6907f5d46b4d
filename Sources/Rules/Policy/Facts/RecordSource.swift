public import Diagnostics

/// Records of one type that are kept elsewhere than in ``Facts``: what is asked for is looked up there.
///
/// Positions count from 0; those handed in are below the count.
public protocol RecordSource: AnyObject, Sendable {
  /// How many records there are.
  var count: Int { get }

  func key(at position: Int) -> String
  func place(at position: Int) -> SourcePlace
  /// Where what is known of a field comes from; by default, where the record does.
  func place(of field: String, at position: Int) -> SourcePlace
  /// What is known of a field; nil when it is unknown.
  func cell(_ field: String, at position: Int) -> FactRow.Cell?
  /// All that is known, by field.
  func cells(at position: Int) -> [String: FactRow.Cell]

  /// Where the record of that key is; nil when there is none.
  func position(of key: String) -> Int?
  /// Where the records are whose reference field leads to the record of that key, in order.
  func positions(where field: String, refersTo key: String) -> [Int]
}

extension RecordSource {
  public func place(of field: String, at position: Int) -> SourcePlace { place(at: position) }
}
