public import SQL

/// Which database a contract is tested with.
public enum DatabaseUnderTest: String, CaseIterable, CustomStringConvertible, Sendable {
  case sqlite, postgreSQL

  /// Those that are here.
  public static var all: [Self] { allCases.filter { $0.place != nil } }

  /// An empty database of its own, gone after the test.
  public func with(_ body: (any SQLDatabase) throws -> Void) throws {
    try withPlace { try body(try $0.open()) }
  }

  /// A place for a database, to open it more than once or with other limits.
  public func withPlace(_ body: (any DatabasePlace) throws -> Void) throws {
    guard let place else { throw CannotTest() }
    let made = try place()
    defer { made.remove() }
    try body(made)
  }

  /// Makes a place for an empty database; nil where this kind cannot be tested.
  public var place: (() throws -> any DatabasePlace)? {
    switch self {
    case .sqlite: { SQLitePlace() }
    case .postgreSQL: PostgreSQLPlace.url.map { url in { try PostgreSQLPlace(server: url) } }
    }
  }

  public var description: String { rawValue }

  private struct CannotTest: Error {}
}

/// Where a database of a test is.
public protocol DatabasePlace: AnyObject {
  /// A path or a URL.
  var address: String { get }
  /// Opens it as one more process would; closed when the place is removed.
  func open(connections: Int, patience: Duration) throws -> any SQLDatabase
  func remove()
}

extension DatabasePlace {
  public func open() throws -> any SQLDatabase { try open(connections: 4, patience: .seconds(10)) }
}
