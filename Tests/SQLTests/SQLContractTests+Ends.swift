import SQL
import Synchronization
import TestKit
import Testing

extension SQLContractTests {
  // MARK: announcements

  @Test(
    "what is announced reaches others once it is written", .timeLimit(.minutes(30)), arguments: DatabaseUnderTest.all)
  func announcements(kind: DatabaseUnderTest) async throws {
    guard let place = try kind.place?() else { return }
    defer { place.remove() }
    let writer = try place.open()
    var heard = try place.open().announcements().makeAsyncIterator()
    #expect(throws: Unwilling()) {
      try writer.write { connection in
        try connection.announce("never")
        throw Unwilling()
      }
    }
    try writer.write { connection in
      try connection.announce("企业's \"list\"")
      try connection.announce("second")
    }
    // A database in a file sees that another process has written, not what.
    var names: [String] = []
    while let name = await heard.next() {
      names.append(name)
      if name == "second" || name == "*" { break }
    }
    #expect(names == (kind == .sqlite ? ["*"] : ["企业's \"list\"", "second"]))
  }

  @Test(
    "announcements end with the task, and with the database", .timeLimit(.minutes(30)), arguments: DatabaseUnderTest.all
  )
  func announcementsEnd(kind: DatabaseUnderTest) async throws {
    guard let place = try kind.place?() else { return }
    defer { place.remove() }
    let database = try place.open()
    let task = Task { for await _ in database.announcements() {} }
    try await Task.sleep(for: .milliseconds(100))
    task.cancel()
    await task.value
    let names = database.announcements()
    database.close()
    for await _ in names {}
    for await _ in database.announcements() {}
  }

  // MARK: the end

  @Test("after close nothing is answered", arguments: DatabaseUnderTest.all)
  func closing(kind: DatabaseUnderTest) throws {
    try kind.with { database in
      try database.makeNumbers()
      database.close()
      #expect(SQLTests.kind { _ = try database.count() } == .gone)
      #expect(SQLTests.kind { try database.write { _ = try $0.execute("DELETE FROM numbers") } } == .gone)
      database.close()
    }
  }

  @Test("many threads share few connections", arguments: DatabaseUnderTest.all)
  func sharedConnections(kind: DatabaseUnderTest) throws {
    try kind.withPlace { place in
      let database = try place.open(connections: 2, patience: .seconds(10))
      try database.makeNumbers(10)
      let sum = Atomic(0)
      onThreads(16) { _ in
        for _ in 0..<50 { sum.add(Int((try? database.count()) ?? -1), ordering: .relaxed) }
      }
      #expect(sum.load(ordering: .relaxed) == 16 * 50 * 10)
    }
  }

  @Test("on threads of their own", arguments: DatabaseUnderTest.all)
  func asynchronous(kind: DatabaseUnderTest) async throws {
    guard let place = try kind.place?() else { return }
    defer { place.remove() }
    let database = try place.open()
    try database.makeNumbers(4)
    let changed = try await database.writing { try $0.execute("DELETE FROM numbers WHERE n = 0") }
    let count = try await database.reading { try $0.first("SELECT count(*) FROM numbers") { $0.integer(0) } }
    #expect(changed == 1 && count == 3)
  }
}
