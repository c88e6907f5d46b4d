import Diagnostics
import FEEL
import Foundation
import MessyTables
import Policy
import Registry
import SQL
import Tabulation
import TestKit
import Testing

@testable import Store

@Suite("Exports for spreadsheets", .enabled(if: Python.hasSpreadsheets, "needs python3 with openpyxl"))
struct TableExportTests {
  private static let firms = filled(
    """
    统一社会信用代码,名称,成立日期,从业人数,营业收入@2024（元）,营业收入@2023（元）,研发人员占比（%）,高新技术企业,规模
    {A},=1+1,1899-12-31,35,1234567890123.45,0.01,12.5,是,小型
    {B},"引号""和,逗号",2024-02-29,无,-5,无,,否,
    {C},@名称,,,92233720368547758.07,,0.1234567,,大型
    {D},0012,,,,,,,
    """)
  private static let loans = filled("合同编号,借款企业,贷款金额（元）,放款日期\n007,{A},100.5,2024-03-01\n+L2,{B},无,\n")

  private func withFirms(_ kind: DatabaseUnderTest, _ body: (RegistryStore, Moment) throws -> Void) throws {
    try kind.withRegistry(tableDictionary) { store throws in
      try withFolder(["enterprise.csv": Self.firms, "loan.csv": Self.loans, "provenance.json": "{\"synthetic\": true}"])
      {
        folder throws in
        let facts = FactImport(path: folder, source: .register, actor: "tester")
        #expect(try store.record(facts, by: tableDictionary).batch == 1)
      }
      try body(store, Moment(asOf: try #require(CalendarDate("2026-06-01")), known: 1))
    }
  }

  @Test("openpyxl sees what the CSV says, cell by cell, and the digest is the same", arguments: DatabaseUnderTest.all)
  func workbook(kind: DatabaseUnderTest) throws {
    try withFirms(kind) { store, moment in
      try withFolder([:] as [String: String]) { folder throws in
        let book = "\(folder)/导出.xlsx"
        try store.export(tableDictionary.types, at: moment, pack: "small", to: "\(folder)/csv")
        let counts = try store.exportWorkbook(
          tableDictionary.types, at: moment, pack: "small", to: book, language: .chinese)
        #expect(counts.map(\.rows) == [4, 2])
        let digest = try #require(try Provenance.read(from: "\(folder)/csv")?.store?.digest)
        let seen = try Python.run(Self.comparison, [book, "\(folder)/csv/enterprise.csv", "\(folder)/csv/loan.csv"])
        let lines = seen.split(separator: "\n").map(String.init)
        #expect(lines.filter { $0.hasPrefix("differs") } == [])
        #expect(lines.contains("cells 30"))
        #expect(lines.contains("types d n s"))
        #expect(lines.contains("formats #,##0.00 General"))
        #expect(lines.contains("摘要（SHA-256）=\(digest)"))
        #expect(lines.contains("时点=2026-06-01") && lines.contains("依据到哪个批次=1") && lines.contains("合计行数=6"))
        #expect(!seen.contains(":secret@"))
      }
    }
  }

  /// Compares each cell of the sheets with the CSV files, as decimals and days where they are such.
  private static let comparison = """
    import csv, datetime, decimal, sys, openpyxl
    book = openpyxl.load_workbook(sys.argv[1])
    cells, types, formats = 0, set(), set()
    for sheet, path in zip(book.worksheets, sys.argv[2:]):
      for line, texts in enumerate(csv.reader(open(path, encoding='utf-8-sig')), 1):
        for column, text in enumerate(texts, 1):
          cell = sheet.cell(line, column)
          if text == '' and cell.value is None: continue
          cells += line > 1
          if line > 1: types.add(cell.data_type)
          if cell.data_type == 'n': formats.add(cell.number_format)
          value = cell.value
          if cell.data_type == 'n': same = decimal.Decimal(repr(value)) == decimal.Decimal(text)
          elif cell.data_type == 'd': same = value.date().isoformat() == text
          else: same = value == text
          if not same: print('differs', sheet.title, cell.coordinate, repr(value), repr(text))
    print('cells', cells)
    print('types', *sorted(types))
    print('formats', *sorted(formats))
    for row in book.worksheets[-1].iter_rows(min_row=2, values_only=True): print(f'{row[0]}={row[1]}')
    """

  @Test("what is exported as a workbook, or guarded, imports as the same records", arguments: DatabaseUnderTest.all)
  func roundTrip(kind: DatabaseUnderTest) throws {
    try withFirms(kind) { store, moment in
      let text = try store.tableText()
      try withFolder([:] as [String: String]) { folder throws in
        let book = "\(folder)/导出.xlsx", guarded = "\(folder)/guarded", types = tableDictionary.types
        try store.exportWorkbook(types, at: moment, pack: "small", to: book, language: .chinese)
        try store.export(types, at: moment, pack: "small", to: guarded, guardsFormulas: true)
        try store.export(types, at: moment, pack: "small", to: "\(folder)/plain")
        let csv = try String(contentsOfFile: "\(guarded)/enterprise.csv", encoding: .utf8)
        #expect(csv.contains(",'=1+1,") && csv.contains(",'@名称,") && csv.contains(",-5.00,"))
        let provenance = try Provenance.read(from: guarded)
        #expect(provenance?.isGuarded == true)
        #expect(try Provenance.read(from: "\(folder)/plain")?.isGuarded == false)
        #expect(try provenance?.store?.digest == Provenance.read(from: "\(folder)/plain")?.store?.digest)
        for path in [book, guarded] {
          try kind.withRegistry(tableDictionary) { other throws in
            #expect(try other.importTable(path).rows == 6)
            #expect(try other.tableText() == text)
            let synthetic = try other.read { try $0.first("SELECT synthetic FROM batch") { $0.integer(0) } ?? nil }
            #expect(synthetic == 1)
          }
        }
      }
    }
  }

  @Test("a filled template imports without questions", arguments: DatabaseUnderTest.all)
  func template(kind: DatabaseUnderTest) throws {
    try kind.withRegistry(tableDictionary) { store throws in
      try withFolder([:] as [String: String]) { folder throws in
        let path = "\(folder)/模板.xlsx", type = try #require(tableDictionary["贷款"])
        try BlankTemplate(for: type, years: []).write(to: path)
        let fill = """
          import sys, datetime, openpyxl
          book = openpyxl.load_workbook(sys.argv[1])
          for column, value in enumerate(['0012', '{A}', 1000.5, datetime.date(2024, 3, 1)], 1):
            book.worksheets[0].cell(2, column).value = value
          book.save(sys.argv[1])
          """
        try Python.run(filled(fill), [path])
        #expect(try store.importTable(path).batch == 1)
        let line = try #require(try store.tableText().last)
        #expect(line.hasPrefix("贷款 0012: ") && line.contains("放款日期=2024-03-01") && line.contains("贷款金额=1000.5"))
      }
    }
  }
}
