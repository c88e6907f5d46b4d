import Foundation
import SQL

/// A file of its own in a folder of its own.
final class SQLitePlace: DatabasePlace {
  let address: String
  private let folder: String
  private var opened: [any SQLDatabase] = []

  init() {
    folder = NSTemporaryDirectory() + "silian-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    address = folder + "/store.db"
  }

  func open(connections: Int, patience: Duration) throws -> any SQLDatabase {
    let database = try SQLiteDatabase(path: address, connections: connections, patience: patience)
    opened.append(database)
    return database
  }

  func remove() {
    for database in opened { database.close() }
    try? FileManager.default.removeItem(atPath: folder)
  }
}
