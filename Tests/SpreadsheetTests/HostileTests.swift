import Diagnostics
import Foundation
import Spreadsheet
import TestKit
import Testing

@Suite(
  "No file crashes the reader or takes its memory", .enabled(if: Python.hasSpreadsheets, "needs python3 with openpyxl"))
struct HostileTests {
  private static let container: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
  private static let package = Array("EncryptedPackage".utf8.map { [$0, 0] as [UInt8] }.joined())
  private static let zeros = [UInt8](repeating: 0, count: 1 << 20)

  private static let natures: [(bytes: [UInt8], expected: String)] = [
    ([], "spreadsheet.empty"), (Array("a,b\n".utf8), "spreadsheet.kind"),
    (Array("\u{FEFF} <html><table>".utf8), "spreadsheet.markup"),
    (container + zeros.prefix(999), "spreadsheet.old"),
    (container + zeros.dropLast(20) + package, "spreadsheet.encrypted"),
    (Array("PK\u{3}\u{4}".utf8) + zeros.prefix(99), "spreadsheet.truncated"),
    (Array("PK\u{5}\u{6}".utf8) + zeros.prefix(18), "spreadsheet.kind"),
    (Array("PK,b\n".utf8), "spreadsheet.kind"), (manyEntries, "spreadsheet.entries"),
  ]

  /// A zip that announces 2^40 entries in its large directory, and none in its small one.
  private static let manyEntries: [UInt8] = {
    let directory = Array("PK\u{6}\u{6}".utf8) + zeros.prefix(28) + [0, 0, 0, 0, 0, 1, 0, 0] + zeros.prefix(16)
    let pointer = Array("PK\u{6}\u{7}".utf8) + zeros.prefix(4) + [4, 0, 0, 0, 0, 0, 0, 0] + zeros.prefix(4)
    return Array("PK\u{3}\u{4}".utf8) + directory + pointer + Array("PK\u{5}\u{6}".utf8) + zeros.prefix(18)
  }()

  @Test("a file that is no workbook is told for what it is", arguments: natures)
  func nature(bytes: [UInt8], expected: String) throws {
    try withFolder(["a.xlsx": bytes]) { folder in #expect(shownRows(folder + "/a.xlsx") == [expected]) }
  }

  @Test func whatIsNoFileIsTold() throws {
    try withFolder([:] as [String: String]) { folder in
      #expect(shownRows(folder) == ["store.file.kind"])
      #expect(shownRows(folder + "/none.xlsx") == ["store.file.missing"])
      mkfifo(folder + "/pipe", 0o600)
      #expect(shownRows(folder + "/pipe") == ["store.file.kind"])
    }
  }

  @Test(
    "a zip made to deceive is refused",
    arguments: [
      ("book.writestr('content.xml', ''); book.writestr('mimetype', '')", "spreadsheet.open-document"),
      ("rels('xl/workbook.bin'); book.writestr('xl/workbook.bin', '')", "spreadsheet.binary"),
      ("rels('../../etc/passwd')", "spreadsheet.kind"),
      ("rels('xl/workbook.xml')", "spreadsheet.part.missing"),
      ("whole(); twice('xl/workbook.xml')", "spreadsheet.twice"),
      ("whole(); twice('XL\\\\workbook.xml')", "spreadsheet.twice"),
      ("for n in range(10001): book.writestr(str(n), '')", "spreadsheet.entries"),
      ("whole(sheet=None)", "spreadsheet.part.missing"),
      ("whole(target='http://example.com/a.xml', mode='External')", "spreadsheet.sheet.part"),
      ("whole(target='../../../etc/passwd')", "spreadsheet.sheet.part"),
      ("whole(sheets='')", "spreadsheet.sheets"),
      ("whole(data='<row>' + ' ' * (200 << 20) + '</row>')", "spreadsheet.bomb"),
      ("whole(data='<row><c t=\"inlineStr\"><is><t>' + 'a' * 300000 + '</t></is></c></row>')", "spreadsheet.cell.text"),
      ("whole(data='<row><c><v>' + '1' * 300000 + '</v></c></row>')", "spreadsheet.cell.text"),
      ("whole(data='<row><c a=\"' + 'a' * 400000 + '\"/></row>')", "spreadsheet.xml.bounds"),
      ("whole(data='<!--' + 'a' * 400000 + '-->')", "spreadsheet.xml.bounds"),
      ("whole(data='<row>' * 100)", "spreadsheet.xml.bounds"),
      ("whole(data='<a>' * 100)", "spreadsheet.xml.bounds"),
      ("whole(data='<row ' + ' '.join('a%d=\"\"' % n for n in range(300)) + '/>')", "spreadsheet.xml.bounds"),
      ("whole(data='<row ' + ' '.join('xmlns:a%d=\"u\"' % n for n in range(300)) + '/>')", "spreadsheet.xml.bounds"),
      ("whole(data='<row r=\"1048577\"/>')", "spreadsheet.row"),
      ("whole(data='<row r=\"0\"/>')", "spreadsheet.row"),
      ("whole(data='<row r=\"x\"/>')", "spreadsheet.row"),
      ("whole(data='<row r=\"99999999999999999999\"/>')", "spreadsheet.row"),
      ("whole(data='<row r=\"2\"/><row r=\"2\"/>')", "spreadsheet.row"),
      ("whole(data='<row r=\"1048576\"/><row/>')", "spreadsheet.row"),
      ("whole(data='<row><c r=\"XFE1\"/></row>')", "spreadsheet.reference"),
      ("whole(data='<row><c r=\"A2\"/></row>')", "spreadsheet.reference"),
      ("whole(data='<row><c r=\"B1\"/><c r=\"A1\"/></row>')", "spreadsheet.reference"),
      ("whole(data='<row><c r=\"XFD1\"/><c/></row>')", "spreadsheet.reference"),
      ("whole(data='<row><c t=\"x\"/></row>')", "spreadsheet.cell.kind"),
      ("whole(data='<row><c><v>one</v></c></row>')", "spreadsheet.cell.value"),
      ("whole(data='<row><c t=\"b\"><v>2</v></c></row>')", "spreadsheet.cell.value"),
      ("whole(data='<row><c t=\"s\"><v>0</v></c></row>')", "spreadsheet.cell.string"),
      ("whole(data='<row><c t=\"s\"><v>-1</v></c></row>')", "spreadsheet.cell.string"),
      ("whole(after='<mergeCells><mergeCell ref=\"A1:?\"/></mergeCells>')", "spreadsheet.reference"),
      ("whole(after='<mergeCells>' + '<mergeCell ref=\"A1:B2\"/>' * 100001 + '</mergeCells>')", "spreadsheet.merged"),
      ("whole(data='<row>')", "spreadsheet.xml"),
      ("whole(data='&undefined;')", "spreadsheet.xml"),
      ("whole(data='<row><c t=\"str\"><v>\\x01</v></c></row>')", "spreadsheet.xml"),
      (
        "whole(head='<!DOCTYPE a [<!ENTITY a \"aaaa\">]>', data='<row><c t=\"str\"><v>&a;</v></c></row>')",
        "spreadsheet.doctype"
      ),
      ("whole(head='<!DOCTYPE worksheet SYSTEM \"file:///etc/passwd\">')", "spreadsheet.doctype"),
      ("whole(head='<?xml version=\"1.0\" encoding=\"none\"?>')", "spreadsheet.xml"),
      ("whole(sheet='')", "spreadsheet.xml"),
      ("whole(sheet='\\0\\0\\0')", "spreadsheet.xml"),
    ])
  func deceit(script: String, expected: String) throws {
    try withFolder([:] as [String: String]) { folder in
      try Python.run(Self.tools + script + "\nbook.close()\n", [folder + "/a.xlsx"])
      #expect(shownRows(folder + "/a.xlsx") == [expected])
    }
  }

  private static let tools = """
    import sys, warnings, zipfile
    warnings.simplefilter('ignore')
    book = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)
    main = '"\(Parts.main)"'
    kinds = '\(Parts.relationships)/'
    package = '"\(Parts.package)"'
    def relation(kind, target, mode='Internal'):
      return '<Relationships xmlns=%s><Relationship Id="r1" Type="%s" Target="%s" TargetMode="%s"/></Relationships>' % (
        package, kinds + kind, target, mode)
    def rels(target):
      book.writestr('_rels/.rels', relation('officeDocument', target))
    def twice(name):
      book.writestr(name, '')
    def whole(data='', sheet=0, sheets='<sheet name="A" r:id="r1"/>', target='s.xml', mode='Internal', head='',
              after=''):
      rels('xl/workbook.xml')
      book.writestr('xl/workbook.xml', '<workbook xmlns=%s xmlns:r="%s"><sheets>%s</sheets></workbook>' % (
        main, kinds[:-1], sheets))
      book.writestr('xl/_rels/workbook.xml.rels', relation('worksheet', target, mode))
      if sheet == 0:
        sheet = head + '<worksheet xmlns=%s><sheetData>%s</sheetData>%s</worksheet>' % (main, data, after)
      if sheet is not None:
        book.writestr('xl/s.xml', sheet)

    """

  @Test("entries with a password are told, and so are packed bytes that are missing")
  func damage() throws {
    try Parts(data: "<row><c><v>1</v></c></row>").packed { path in
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      #expect(shownRows(path) == ["1: A=1"])
      let changes = [
        (Self.encrypted(bytes), "spreadsheet.encrypted"), (bytes.dropLast(30), "spreadsheet.truncated"),
        (bytes.dropFirst(30), "spreadsheet.kind"), (bytes.prefix(bytes.count / 2), "spreadsheet.truncated"),
      ]
      for (changed, expected) in changes {
        try Data(changed).write(to: URL(fileURLWithPath: path))
        #expect(shownRows(path) == [expected])
      }
    }
  }

  /// Sets the bit of each entry that says that it is encrypted.
  private static func encrypted(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    var changed = bytes
    for index in 0..<bytes.count - 10 {
      if bytes[index...].starts(with: "PK\u{1}\u{2}".utf8) { changed[index + 8] |= 1 }
      if bytes[index...].starts(with: "PK\u{3}\u{4}".utf8) { changed[index + 6] |= 1 }
    }
    return changed[...]
  }

  @Test("limits are kept when a workbook is read whole")
  func limits() throws {
    let row = "<row><c><v>1</v></c><c t=\"s\"><v>0</v></c></row>"
    let parts = Parts(data: String(repeating: row, count: 10), strings: "<si><t>abc</t></si><si><t>abc</t></si>")
    func codes(_ change: (inout SpreadsheetLimits) -> Void) throws -> String? {
      var limits = SpreadsheetLimits()
      change(&limits)
      return try parts.packed { shownRows($0, limits) }.first
    }
    #expect(try codes { _ in } == "1: A=1 B=\"abc\"")
    #expect(try codes { $0.cells = 19 } == "spreadsheet.cells")
    #expect(try codes { $0.textBytes = 29 } == "spreadsheet.cells")
    #expect(try codes { $0.sharedStrings = 1 } == "spreadsheet.strings")
    #expect(try codes { $0.sharedStringBytes = 5 } == "spreadsheet.strings")
    #expect(try codes { $0.cellBytes = 2 } == "spreadsheet.strings.text")
    #expect(try codes { $0.unpackedBytes = 500 } == "spreadsheet.bomb")
    #expect(try codes { $0.entries = 3 } == "spreadsheet.entries")
    #expect(try codes { $0.fileBytes = 100 } == "store.file.size")
  }

  @Test("whatever bytes change in a workbook, it is read or refused")
  func noise() throws {
    let data = "<row><c t=\"s\"><v>0</v></c><c s=\"1\"><v>45351</v></c><c><v>1.5</v></c></row>"
    var parts = Parts(data: String(repeating: data, count: 20), strings: "<si><t>abc</t></si>", formats: [(14, nil)])
    var random = SeededGenerator(seed: 11)
    try parts.packed { path in
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      for _ in 0..<1000 {
        var changed = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          changed[Int.random(in: changed.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        try Data(changed).write(to: URL(fileURLWithPath: path + "x"))
        _ = shownRows(path + "x")
      }
    }
    // Signs of XML put anywhere into a sheet, packed anew.
    let sheet = parts["xl/worksheets/sheet1.xml"]
    let signs = [
      "<", ">", "/", "\"", "&", "<c>", "</c>", "<row>", "</row>", "<v>", "</v>", "<is>", "<t>", "]]>", "<!--", "\u{0}",
    ]
    for _ in 0..<60 {
      var text = sheet
      for _ in 0..<2 {
        let index = text.index(text.startIndex, offsetBy: Int.random(in: 0..<text.count, using: &random))
        text.insert(contentsOf: signs.randomElement(using: &random) ?? "", at: index)
      }
      parts["xl/worksheets/sheet1.xml"] = text
      _ = try parts.packed { shownRows($0) }
    }
  }
}
