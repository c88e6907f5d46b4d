import Diagnostics
import Foundation
import MessyTables
import Policy
import TestKit
import Testing

@testable import Tabulation

@Suite("A shape is kept and reads the next table")
struct ShapeTests {
  private static let table = "信用代码,单位全名,从业人员\n{A},天山智能,35\n"

  private func proposal(_ text: String, _ synonyms: TableSynonyms = TableSynonyms()) throws -> Proposal {
    try withFolder(["a.csv": filled(text)]) { folder in
      try TableShape.propose(
        for: TableSource(path: folder + "/a.csv"), type: tableDictionary["企业"], in: tableDictionary, synonyms: synonyms)
    }
  }

  /// What a text is read as by a shape, or the code of what is wrong.
  private func read(_ text: String, by shape: TableShape) throws -> [String] {
    try withFolder(["b.csv": filled(text)]) { folder in
      do throws(Diagnostic) {
        let type = tableDictionary["企业"]!
        let rows = try TableRows(TableSource(path: folder + "/b.csv"), shape, of: type, in: tableDictionary)
        var lines: [String] = []
        while let row = try rows.next() { lines.append(row.cells.map(\.text).joined(separator: " ")) }
        return lines
      } catch {
        return ["\(error.code) \(error.place)"]
      }
    }
  }

  @Test("through JSON and back")
  func json() throws {
    let shape = try proposal(Self.table).shape
    let data = try JSONEncoder().encode(shape)
    #expect(try JSONDecoder().decode(TableShape.self, from: data) == shape)
  }

  @Test("what is near is read once it is confirmed, and then remembered")
  func confirmation() throws {
    var shape = try proposal(Self.table).shape
    #expect(!shape.isConfirmed)
    #expect(try read(Self.table, by: shape) == ["tabulation.column.near b.csv:1:3"])
    shape.confirm(column: 3)
    shape.assign("name", toColumn: 2)
    #expect(shape.isConfirmed)
    #expect(try read(Self.table, by: shape) == [filled("{A} 天山智能 35")])
    var synonyms = TableSynonyms()
    shape.addSynonyms(to: &synonyms)
    let next = try proposal("从业人员（人）,统一社会信用代码,单位 全名\n", synonyms)
    #expect(next.isReady)
    #expect(next.shape.columns.map(\.match) == [.remembered, .exact, .remembered])
  }

  @Test("a column that is declined is not read")
  func declined() throws {
    var shape = try proposal(Self.table).shape
    shape.decline(column: 3)
    #expect(try read(Self.table, by: shape) == [filled("{A}")])
  }

  @Test("a header that has changed is refused")
  func changed() throws {
    var shape = try proposal(Self.table).shape
    shape.confirm(column: 3)
    let other = "信用代码,从业人员,单位全名\n{A},35,天山智能\n"
    #expect(try read(other, by: shape) == ["tabulation.shape.header b.csv:1:3"])
  }

  @Test(
    "where the title speaks of another year or unit, the shape does not hold",
    arguments: ["2025年度（单位：万元）", "2024年度（单位：元）", "情况表"])
  func title(other: String) throws {
    func table(_ title: String) -> String { "\(title),\n统一社会信用代码,营业收入\n{A},5\n" }
    var shape = try proposal(table("2024年度（单位：万元）")).shape
    shape.confirm(column: 2)
    #expect(try read(table("2024年度（单位：万元）"), by: shape) == [filled("{A} 5")])
    #expect(try read(table(other), by: shape) == ["tabulation.shape.title b.csv:1:1"])
  }

  @Test(
    "a column is named by its number or its letters",
    arguments: [
      ("7", 7), ("G", 7), (" ｇ ", 7), ("AB", 28), ("XFD", 16_384), ("XFE", nil), ("0", nil), ("-1", nil), ("G7", nil),
      ("", nil), ("七", nil), ("99999999999999999999", nil),
    ])
  func columnNames(text: String, number: Int?) { #expect(ColumnName.number(of: text) == number) }

  @Test(
    "shapes that make no sense are refused",
    arguments: [
      ("record", "tabulation.shape.record"), ("rows", "tabulation.shape.form"), ("numbers", "tabulation.shape.form"),
      ("field", "policy.facts.column"), ("twice", "tabulation.column.twice"), ("key", "policy.facts.key-column"),
      ("year", "tabulation.year.missing"),
    ])
  func senseless(mistake: String, code: String) throws {
    var shape = try proposal(Self.table).shape
    shape.confirm(column: 3)
    switch mistake {
    case "record": shape.record = "loan"
    case "rows": shape.lastHeaderRow = Int.max
    case "numbers": shape.columns[2].number = 0
    case "field": shape.assign("nobody", toColumn: 2)
    case "twice": shape.assign("uscc", toColumn: 2)
    case "key": shape.decline(column: 1)
    default: shape.assign("revenue", toColumn: 2)
    }
    #expect(try read(Self.table, by: shape).first?.hasPrefix(code + " ") == true)
  }
}
