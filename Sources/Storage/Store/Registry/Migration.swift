import SQL

/// A step from one layout of the tables to the next. Once released it is never edited: what must change comes as another step.
struct Migration: Sendable {
  let number: Int
  /// Statements with the names of types in braces: `{integer}`, `{text}`, `{truth}`, `{date}`, `{bytes}`; `{options}` behind tables.
  let statements: String

  func apply(to connection: any SQLConnection) throws {
    var sql = statements
    for type in [SQLType.integer, .text, .truth, .date, .bytes, .decimal] {
      sql = sql.split(separator: "{\(type.rawValue)}", omittingEmptySubsequences: false)
        .joined(separator: connection.dialect.name(of: type))
    }
    sql = sql.split(separator: "{options}", omittingEmptySubsequences: false)
      .joined(separator: connection.dialect.tableOptions)
    for statement in sql.split(separator: ";\n") where statement.contains(where: { !$0.isWhitespace }) {
      try connection.execute(String(statement))
    }
  }

  /// In order, numbered from 1.
  static let all = [
    Migration(
      number: 1,
      statements: """
        CREATE TABLE pack (digest {text} PRIMARY KEY, id {text} NOT NULL, version {text} NOT NULL,
          recorded {integer} NOT NULL, files {bytes} NOT NULL){options};
        CREATE TABLE record_type (id {text} PRIMARY KEY, name {text} NOT NULL, key_field {text} NOT NULL,
          owner {text} NOT NULL, deprecated {truth} NOT NULL){options};
        CREATE TABLE record_field (type {text} NOT NULL, id {text} NOT NULL, name {text} NOT NULL, kind {text} NOT NULL,
          dimension {text} NOT NULL, scale {integer}, record {text} NOT NULL, annual {truth} NOT NULL, owner {text} NOT NULL,
          deprecated {truth} NOT NULL, PRIMARY KEY (type, id)){options};
        CREATE TABLE source (id {text} PRIMARY KEY, title {text} NOT NULL, authority {text} NOT NULL){options};
        CREATE TABLE batch (id {integer} PRIMARY KEY, source {text} NOT NULL REFERENCES source (id),
          recorded {integer} NOT NULL, confidence {text} NOT NULL, valid_from {date}, valid_to {date},
          origin {text} NOT NULL, actor {text} NOT NULL, digest {text} NOT NULL, row_count {integer} NOT NULL, refused {integer} NOT NULL,
          withdraws {integer}, synthetic {truth} NOT NULL, example {text},
          audit {integer} NOT NULL){options};
        CREATE INDEX batch_digest ON batch (digest);
        CREATE INDEX batch_withdraws ON batch (withdraws);
        CREATE TABLE batch_type (batch {integer} NOT NULL, type {text} NOT NULL, row_count {integer} NOT NULL,
          year_count {integer} NOT NULL, PRIMARY KEY (type, batch)){options};
        CREATE TABLE decision (id {integer} PRIMARY KEY, recorded {integer} NOT NULL, actor {text} NOT NULL,
          pack {text} NOT NULL REFERENCES pack (digest), subject {text} NOT NULL, as_of {date} NOT NULL,
          known {integer} NOT NULL, parameters {text} NOT NULL, schemes {text}, outcome {text} NOT NULL,
          audit {integer} NOT NULL){options};
        CREATE INDEX decision_subject ON decision (subject);
        CREATE TABLE audit (id {integer} PRIMARY KEY, recorded {integer} NOT NULL, actor {text} NOT NULL,
          action {text} NOT NULL, subject {text} NOT NULL, detail {text} NOT NULL, previous {text} NOT NULL,
          hash {text} NOT NULL){options};
        """),
    Migration(
      number: 2,
      statements: """
        CREATE TABLE table_shape (source {text} NOT NULL REFERENCES source (id), type {text} NOT NULL,
          header {text} NOT NULL, shape {text} NOT NULL, recorded {integer} NOT NULL, actor {text} NOT NULL,
          audit {integer} NOT NULL, PRIMARY KEY (source, type, header)){options};
        """),
    Migration(
      number: 3,
      statements: """
        CREATE TABLE identity (batch {integer} PRIMARY KEY REFERENCES batch (id), kind {text} NOT NULL, type {text} NOT NULL,
          main_key {text} NOT NULL, other_key {text} NOT NULL, reason {text} NOT NULL, audit {integer} NOT NULL){options};
        CREATE INDEX identity_type ON identity (type, batch);
        """),
  ]
}
