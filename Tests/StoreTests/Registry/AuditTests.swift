import Diagnostics
import Registry
import SQL
import TestKit
import Testing

@testable import Store

/// Whoever touches the log is seen.
@Suite("The log of changes")
struct AuditTests {
  @Test("every change is there, and the chain is sound", arguments: DatabaseUnderTest.all)
  func sound(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      try store.record(["enterprise.csv": "编号,名称\nA,甲\n"])
      _ = try store.withdraw(1, reason: "错了", actor: "李四")
      var entries: [AuditEntry] = []
      try store.forEachAuditEntry { entries.append($0) }
      let layouts = Migration.all.map { _ in "layout.migrate" }
      #expect(entries.map(\.action) == layouts + ["dictionary.adopt", "batch.import", "batch.withdraw"])
      #expect(entries.map(\.id) == Array(1...entries.count))
      #expect(entries.last?.actor == "李四")
      let verification = try store.verifyAudit()
      #expect(verification.problems == [])
      #expect(verification.count == entries.count)
      #expect(verification.head == entries.last?.hash)
    }
  }

  @Test(
    "an entry that was altered, removed, moved or cut off is found", arguments: DatabaseUnderTest.all,
    [
      ("UPDATE audit SET detail = '{}' WHERE id = 3", "store.audit.altered"),
      ("UPDATE audit SET recorded = recorded + 1 WHERE id = 3", "store.audit.altered"),
      ("UPDATE audit SET hash = previous WHERE id = 3", "store.audit.altered"),
      ("DELETE FROM audit WHERE id = 2", "store.audit.gap"),
      ("DELETE FROM audit WHERE id = 1", "store.audit.gap"),
      ("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)", "store.audit.head"),
      ("DELETE FROM audit WHERE id >= 3", "store.audit.batch"),
      ("DELETE FROM audit", "store.audit.head"),
      ("UPDATE audit SET id = 7 - id WHERE id IN (3)", "store.audit.gap"),
      ("UPDATE batch SET recorded = 0 WHERE id = 1", "store.audit.batch-row"),
      ("UPDATE batch SET confidence = 'verified' WHERE id = 1", "store.audit.batch-row"),
      ("UPDATE batch SET withdraws = NULL WHERE id = 2", "store.audit.batch-row"),
      ("DELETE FROM batch WHERE id = 2", "store.audit.batch-row"),
    ])
  func tampering(kind: DatabaseUnderTest, attack: (sql: String, code: String)) throws {
    try kind.withRegistry { store throws in
      try store.record(["enterprise.csv": "编号,名称\nA,甲\n"])
      _ = try store.withdraw(1, reason: "错了", actor: "李四")
      if attack.sql.contains("7 - id") {
        try store.database.write { _ = try $0.execute("DELETE FROM audit WHERE id = 4") }
      }
      try store.database.write { _ = try $0.execute(attack.sql) }
      #expect(try store.verifyAudit().problems.map(\.code).contains(attack.code))
    }
  }

  @Test("two entries that change places are found", arguments: DatabaseUnderTest.all)
  func swapped(kind: DatabaseUnderTest) throws {
    try kind.withRegistry { store throws in
      try store.record(["enterprise.csv": "编号,名称\nA,甲\n"])
      try store.database.write { connection in
        for sql in ["SET id = 100 WHERE id = 2", "SET id = 2 WHERE id = 3", "SET id = 3 WHERE id = 100"] {
          try connection.execute("UPDATE audit " + sql)
        }
      }
      let codes = Set(try store.verifyAudit().problems.map(\.code))
      #expect(codes.isSuperset(of: ["store.audit.order", "store.audit.altered"]))
    }
  }
}
