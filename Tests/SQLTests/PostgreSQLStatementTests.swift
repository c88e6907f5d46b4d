import TestKit
import Testing

@testable import SQL

/// How statements are read, without a server.
@Suite("Statements for PostgreSQL")
struct PostgreSQLStatementTests {
  @Test(
    "placeholders are numbered outside of quotes",
    arguments: [
      ("a = ? AND b = ?", "a = $1 AND b = $2"),
      ("'?' ? \"?\" ?", "'?' $1 \"?\" $2"),
      ("'it''s ?' ?", "'it''s ?' $1"),
      (#"E'\'?' ? 'a\' ?"#, #"E'\'?' $1 'a\' $2"#),
      ("$$ ? $$ ? $x$ ? $$ ? $x$ ?", "$$ ? $$ $1 $x$ ? $$ ? $x$ $2"),
      ("-- ?\n? -- ?", "-- ?\n$1 -- ?"),
      ("/* ? /* ? */ ? */ ? /* ?", "/* ? /* ? */ ? */ $1 /* ?"),
      ("a - -? / ?*?", "a - -$1 / $2*$3"),
      ("企业 = ? 'open ?", "企业 = $1 'open ?"),
      ("a$b$ = ? $", "a$b$ = $1 $"),
    ])
  func numbersPlaceholders(sql: String, expected: String) { #expect(PostgreSQLStatement(sql).text == expected) }

  @Test(
    "what kind of statement it is",
    arguments: [
      ("SELECT 1", "long"), (" -- x\n(select 1) union (select 2);", "long"), ("SELECT 1 LIMIT 10", "short"),
      ("SELECT 1 LIMIT 10 ; -- x", "short"), ("SELECT 1 LIMIT 1001", "long"), ("SELECT (SELECT 1 LIMIT 1)", "long"),
      ("SELECT 1 LIMIT ?", "short"), ("VALUES (1)", "long"), ("WITH a AS (SELECT 1) SELECT * FROM a", "long"),
      ("WITH a AS (DELETE FROM b RETURNING 1) SELECT 1", "change"), ("insert into a values ('; select')", "change"),
      ("SELECT 1; SELECT 2", "script"), ("CREATE TABLE a (b TEXT)", "other"), ("SHOW x", "other"), ("", "other"),
    ])
  func kinds(sql: String, expected: String) {
    #expect(kind(of: PostgreSQLStatement(sql)) == expected)
  }

  private func kind(of statement: PostgreSQLStatement) -> String {
    if statement.isScript { return "script" }
    if statement.isChange { return "change" }
    if !statement.isQuery { return "other" }
    return statement.mayBeLong([.integer(7)]) ? "long" : "short"
  }
}
