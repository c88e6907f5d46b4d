import Diagnostics
import Foundation
import MessyTables
import Policy
import Population
import TestKit
import Tabulation
import Testing

@testable import Store

/// What is read of a messy table by its transcript, and what therefore a store must hold and refuse.
private struct ExpectedImport {
  struct Row {
    var number: Int
    var cells: [String]
    /// `code cell`, of cells that cannot be read, and of those that are no facts.
    var unread: [String], unfit: [String]
  }

  var problem: String?
  var header: [String] = []
  var rows: [Row] = []
  var leftOut: [String] = []

  init(_ table: MessyTable) {
    for line in table.expectedLines {
      if line.hasPrefix("! ") {
        problem = String(line.split(separator: " ")[1])
      } else if line.hasPrefix("left ") {
        leftOut.append(line)
      } else if let colon = line.firstRange(of: ": "), let number = Int(line[..<colon.lowerBound]) {
        rows.append(Self.row(number, String(line[colon.upperBound...])))
      } else if !line.hasPrefix("? "), !line.hasPrefix("match: "), !line.hasPrefix("hidden: ") {
        header = line.components(separatedBy: " | ")
      }
    }
  }

  private static func row(_ number: Int, _ text: String) -> Row {
    let unfit = text.components(separatedBy: " !! "), unread = unfit[0].components(separatedBy: " ! ")
    func place(_ text: String) -> String { text.split(separator: " ").prefix(2).joined(separator: " ") }
    let cells = unread[0].components(separatedBy: " | ").map { $0 == "·" ? "" : $0 }
    return Row(number: number, cells: cells, unread: unread.dropFirst().map(place), unfit: unfit.dropFirst().map(place))
  }

  /// The rows that stand, each key once.
  func standing(key: Int) -> [Row] {
    var seen: Set<String> = []
    return rows.filter { $0.unread.isEmpty && $0.unfit.isEmpty && seen.insert($0.cells[key]).inserted }
  }
}

@Suite(
  "Workbooks as people make them, in a store", .enabled(if: Python.hasSpreadsheets, "needs python3 with openpyxl"))
struct MessyImportTests {
  @Test(
    "the right rows stand, the others are refused with reason and place", arguments: DatabaseUnderTest.all,
    messyWorkbooks)
  func workbook(kind: DatabaseUnderTest, table: MessyTable) throws {
    let expected = ExpectedImport(table)
    try kind.withRegistry(tableDictionary) { store throws in
      try withWorkbook(table.script) { path throws in
        let known = table.type.flatMap { tableDictionary[$0] }
        if let problem = expected.problem {
          // Of records side by side each column that comes again is told, or all of them at once.
          let told = try self.problems(of: path, known, store)
          #expect(told.contains(problem) || told.contains("tabulation.records.beside"))
          #expect(try store.lastBatch(upTo: nil) == 0)
          return
        }
        var rows: [RefusedRow] = []
        let report = try store.importTable(path, type: known, takesSoundRows: true, refused: { rows.append($0) })
        let type = try #require(tableDictionary[report.tables[0].record])
        let key = try #require(expected.header.firstIndex(of: type.key))
        let standing = expected.standing(key: key)
        self.check(rows, against: expected, standing)
        #expect(report.rows == standing.count)
        #expect(try store.tableText() == self.text(standing, under: expected.header, type))
        #expect(self.leftOut(of: report) == expected.leftOut)
        #expect(try store.check().problems == [])
      }
    }
  }

  private func problems(of path: String, _ type: RecordType?, _ store: RegistryStore) throws -> [String] {
    do {
      let plan = try store.tablePlan(for: path, type: type, of: "register", by: tableDictionary)
      return plan?.open.map(\.code) ?? []
    } catch {
      return [error.code]
    }
  }

  private func check(_ rows: [RefusedRow], against expected: ExpectedImport, _ standing: [ExpectedImport.Row]) {
    let standingRows = Set(standing.map(\.number))
    let told = Dictionary(rows.map { ($0.place.line, $0) }) { first, _ in first }
    #expect(Set(told.keys) == Set(expected.rows.map(\.number)).subtracting(standingRows))
    #expect(told.count == rows.count)
    for row in expected.rows where !standingRows.contains(row.number) {
      let problems = told[row.number]?.problems.map(shown) ?? []
      if !row.unread.isEmpty {
        #expect(Set(row.unread).isSubset(of: problems), "row \(row.number)")
      } else if !row.unfit.isEmpty {
        #expect(problems == row.unfit, "row \(row.number)")
      } else {
        #expect(problems.allSatisfy { $0.hasPrefix("policy.facts.key-twice ") } && problems.count == 1)
      }
    }
    #expect(rows.allSatisfy { $0.place.file == "名录.xlsx[名录]" })
  }

  private func text(_ rows: [ExpectedImport.Row], under header: [String], _ type: RecordType) -> [String] {
    if rows.isEmpty { return [] }
    func cells(_ texts: [String]) -> [RawTable.Cell] { texts.map { RawTable.Cell($0, at: type.place) } }
    var reader = FactReader(dictionary: tableDictionary)
    reader.add(
      RawTable(header: cells(header), rows: rows.map { cells($0.cells) }, place: type.place), of: type.name)
    return lines(Population(reader.facts, dictionary: tableDictionary))
  }

  private func leftOut(of report: ImportReport) -> [String] {
    (report.tables[0].reading?.leftOut ?? [:]).sorted { $0.key.rawValue < $1.key.rawValue }.map {
      "left \($0): \($1.first.map(String.init).joined(separator: " "))"
    }
  }
}
