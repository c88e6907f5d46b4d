import Foundation
import Synchronization

public import SQL

/// A database of its own on the server that the environment names.
public final class PostgreSQLPlace: DatabasePlace {
  public static let variable = "SILIAN_POSTGRES_URL"
  public static let url = ProcessInfo.processInfo.environment[variable]
  public static let missing =
    "\(variable) is not set: NOTHING is tested with PostgreSQL; try `scripts/postgres start DIR`"

  private static let numbers = Atomic(0)

  public let name: String
  public let address: String
  private let server: String
  private var opened: [any SQLDatabase] = []

  public init(server: String) throws {
    let number = Self.numbers.wrappingAdd(1, ordering: .relaxed).newValue
    self.server = server
    name = "test_\(ProcessInfo.processInfo.processIdentifier)_\(number)"
    address = try Self.address(server, database: name)
    try Self.command("CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8'", on: server)
  }

  public func open(connections: Int, patience: Duration) throws -> any SQLDatabase {
    let database = try PostgreSQLDatabase(url: address, connections: connections, patience: patience)
    opened.append(database)
    return database
  }

  public func remove() {
    for database in opened { database.close() }
    try? Self.command("DROP DATABASE IF EXISTS \(name) WITH (FORCE)", on: server)
  }

  /// The same server with another database.
  private static func address(_ server: String, database: String) throws -> String {
    var parts = URLComponents(string: server)
    parts?.path = "/" + database
    guard let url = parts?.string else { throw URLError(.badURL) }
    return url
  }

  /// Outside of any transaction, as such commands must be.
  private static func command(_ sql: String, on server: String) throws {
    try PostgreSQLLink(to: PostgreSQLAddress(url: server), within: .seconds(30)).run(sql)
  }
}
