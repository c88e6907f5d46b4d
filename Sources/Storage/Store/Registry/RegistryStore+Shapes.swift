public import Diagnostics
import SQL

extension RegistryStore {
  /// How tables of sources were read, in the order in which that was remembered.
  /// - Parameters:
  ///   - source: the id of one; nil for all.
  ///   - type: the id of a record type; nil for all.
  public func shapes(of source: String? = nil, type: String? = nil) throws(Diagnostic) -> [RememberedShape] {
    try read { try ShapeTable(connection: $0).shapes(of: source, type: type) }
  }

  /// Forgets how tables of a source were read: the next one is proposed as if it were the first. What was recorded stays.
  /// - Returns: how many shapes were forgotten.
  public func forgetShapes(
    of source: String, type: String? = nil, actor: String
  ) throws(Diagnostic) -> Int {
    try write { try ShapeTable(connection: $0).forget(of: source, type: type, by: actor) }
  }
}
