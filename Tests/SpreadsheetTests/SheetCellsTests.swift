import Diagnostics
import Spreadsheet
import TestKit
import Testing

@Suite("Cells are read from sheets of every make", .enabled(if: Python.hasSpreadsheets, "needs python3 with openpyxl"))
struct SheetCellsTests {
  private static let strings = """
    <si><t>plain</t></si>
    <si><r><t>rich</t></r><r><rPr><b/></rPr><t xml:space="preserve"> text</t></r>
    <rPh sb="0" eb="2"><t>sound</t></rPh></si>
    <si><t> trimmed </t></si><si><t xml:space="preserve"> kept </t></si><si/>
    <si><t>a_x000D_&#10;b &amp; &lt;c&gt;</t></si>
    <si xml:space="preserve"><t> inherited </t></si><si><t><![CDATA[<data>]]></t></si>
    """
  private static let formats: [(id: Int, code: String?)] = [
    (14, nil), (10, nil), (176, "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"), (177, "[h]:mm"), (20, nil),
    (31, nil), (178, "0.0&quot;d&quot;"), (49, nil),
  ]

  @Test(
    "each cell gives its value",
    arguments: [
      ("<c><v>1</v></c>", "A=1"),
      ("<c t=\"n\"><v> 0.30000000000000004 </v></c>", "A=0.3"),
      ("<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>", "A=\"plain\" B=\"rich text\""),
      (
        "<c t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c><c t=\"s\"><v>6</v></c>",
        "A=\"trimmed\" B=\" kept \" C=\" inherited \""
      ),
      ("<c t=\"s\"><v>5</v></c><c t=\"s\"><v>7</v></c>", "A=\"a\r\nb & <c>\" B=\"<data>\""),
      ("<c t=\"s\"><v>4</v></c><c><v>1</v></c>", "B=1"),
      ("<c t=\"inlineStr\"><is><t>in</t></is></c>", "A=\"in\""),
      ("<c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>x</t></rPh></is></c>", "A=\"ab\""),
      ("<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"b\"><v>true</v></c>", "A=true B=false C=true"),
      ("<c t=\"e\"><v>#N/A</v></c>", "A=!#N/A"),
      ("<c t=\"str\"><f>A1&amp;\"x\"</f><v>ax</v></c>", "A==\"ax\""),
      ("<c><f>1+1</f><v>2</v></c><c><f>1+1</f></c><c><f t=\"shared\" si=\"0\"/><v>3</v></c>", "A==2 B==- C==3"),
      ("<c t=\"str\"><f>\"\"</f><v></v></c>", "A==-"),
      (
        "<c s=\"1\"><v>45351</v></c><c s=\"3\"><v>45351.5</v></c><c s=\"6\"><v>1</v></c>",
        "A=2024-02-29 B=2024-02-29 12:00:00 C=1900-01-01"
      ),
      ("<c s=\"1\"><v>60</v></c><c s=\"1\"><v>-3</v></c>", "A=60 B=-3"),
      ("<c s=\"2\"><v>0.125</v></c><c s=\"4\"><v>1.5</v></c><c s=\"5\"><v>0.75</v></c>", "A=0.125% B=1.5d C=18:00:00"),
      ("<c s=\"7\"><v>3</v></c><c s=\"8\"><v>3</v></c><c s=\"99\"><v>3</v></c>", "A=3 B=3 C=3"),
      ("<c t=\"d\"><v>2024-02-29T00:00:00</v></c><c t=\"d\"><v>soon</v></c>", "A=2024-02-29 B=\"soon\""),
      ("<c s=\"1\"/><c r=\"D1\"><v>4</v></c><c><v>5</v></c>", "D=4 E=5"),
      ("<c r=\"XFD1\"><v>1</v></c>", "XFD=1"),
      ("<c><v>1</v><extLst><ext><v xmlns=\"urn:other\">9</v></ext></extLst></c>", "A=1"),
      ("<x:c xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:v>1</x:v></x:c>", "A=1"),
      ("<c xmlns=\"urn:other\"><v>1</v></c><c><v>2</v></c>", "A=2"),
      ("<c t=\"inlineStr\"><is><t>\u{4F01}\u{4E1A}\u{1F600}</t></is></c>", "A=\"\u{4F01}\u{4E1A}\u{1F600}\""),
    ])
  func cell(data: String, expected: String) throws {
    let parts = Parts(data: "<row>\(data)</row>", strings: Self.strings, formats: Self.formats)
    #expect(try parts.packed { shownRows($0) } == ["1: " + expected])
  }

  @Test("rows may lack numbers, be hidden or jump; those without cells are left out")
  func rows() throws {
    let data = """
      <row><c><v>1</v></c></row><row/><row r="5" hidden="1"><c r="B5"><v>2</v></c></row><row s="3"><c s="1"/></row>
      <row r="1048576"><c><v>3</v></c></row>
      """
    #expect(try Parts(data: data).packed { shownRows($0) } == ["1: A=1", "5: hidden B=2", "1048576: A=3"])
  }

  @Test func daysMayBeCountedFrom1904() throws {
    let parts = Parts(
      data: "<row><c s=\"1\"><v>0</v></c></row>", formats: Self.formats, workbook: "<workbookPr date1904=\"1\"/>")
    #expect(try parts.packed { shownRows($0) } == ["1: A=1904-01-01"])
  }

  @Test("merged ranges, hidden columns and a lying dimension")
  func layout() throws {
    var parts = Parts()
    parts["xl/worksheets/sheet1.xml"] = Parts.sheet(
      "<row r=\"2\"><c r=\"B2\"><v>7</v></c></row>",
      after: "<mergeCells count=\"9\"><mergeCell ref=\"B2:C4\"/><mergeCell ref=\"E1\"/></mergeCells>",
      before:
        "<dimension ref=\"A1:A1\"/><cols><col min=\"3\" max=\"4\" hidden=\"1\"/><col min=\"5\" max=\"16384\"/></cols>")
    let sheet = try #require(try parts.packed { try Workbook.read(path: $0) }.first)
    #expect(sheet.merged.map(\.description) == ["B2:C4", "E1:E1"])
    #expect(sheet.hiddenColumns == [3...4])
    #expect(sheet.width == 2)
    #expect(shown(sheet[CellReference(row: 4, column: 3)]) == "7")
    #expect(shown(sheet[CellReference(row: 5, column: 3)]) == "-")
    #expect(sheet.rows[0].cells(width: 3).map(shown) == ["-", "7", "-"])
  }

  @Test(
    "parts stand wherever the relations say",
    arguments: [
      ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"), ("/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
      ("../data/one.xml", "data/one.xml"), ("Sheets/One%20A.xml", "xl/sheets/one a.xml"), ("a\\b.xml", "xl/a/b.xml"),
      ("worksheets/sheet1.xml", "xl\\worksheets\\sheet1.xml"),
    ])
  func places(target: String, file: String) throws {
    var parts = Parts()
    parts["xl/_rels/workbook.xml.rels"] = Parts.relations([("rId1", "worksheet", target)])
    parts["xl/worksheets/sheet1.xml"] = ""
    parts.files["xl/worksheets/sheet1.xml"] = nil
    parts[file] = Parts.sheet("<row><c><v>1</v></c></row>")
    #expect(try parts.packed { shownRows($0) } == ["1: A=1"])
  }

  @Test("parts may be in UTF-16, and in the strict form of the standard")
  func forms() throws {
    let sheet =
      "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n"
      + Parts.sheet("<row><c t=\"inlineStr\"><is><t>企业</t></is></c></row>")
    for isBigEndian in [false, true] {
      var parts = Parts()
      let units = ("\u{FEFF}" + sheet).utf16
      parts.files["xl/worksheets/sheet1.xml"] = units.flatMap {
        isBigEndian ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)]
      }
      #expect(try parts.packed { shownRows($0) } == ["1: A=\"企业\""])
    }
    var strict = Parts(data: "<row><c s=\"1\"><v>1</v></c></row>", formats: Self.formats)
    for name in strict.files.keys {
      strict[name] = strict[name]
        .replacing(Parts.main, with: "http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replacing(Parts.relationships, with: "http://purl.oclc.org/ooxml/officeDocument/relationships")
    }
    #expect(try strict.packed { shownRows($0) } == ["1: A=1900-01-01"])
  }

  @Test("names of sheets keep their signs; charts are left out")
  func sheets() throws {
    var parts = Parts(data: "<row><c><v>1</v></c></row>")
    parts["xl/workbook.xml"] = """
      <workbook xmlns="\(Parts.main)" xmlns:r="\(Parts.relationships)"><sheets>
      <sheet name="甲 &amp; 乙 &#60;&quot;" sheetId="1" r:id="rId1"/>
      <sheet name="B" state="hidden" sheetId="2" r:id="rId1"/>
      <sheet name="C" state="veryHidden" sheetId="3" r:id="rId1"/><sheet name="D" sheetId="4" r:id="rId9"/>
      </sheets></workbook>
      """
    parts["xl/_rels/workbook.xml.rels"] = Parts.relations([
      ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId9", "chartsheet", "chartsheets/sheet1.xml"),
    ])
    try parts.packed { path in
      let reader = try WorkbookReader(path: path)
      #expect(reader.sheets.map(\.name) == ["甲 & 乙 <\"", "B", "C"])
      #expect(reader.sheets.map(\.visibility) == [.visible, .hidden, .veryHidden])
      #expect(throws: Diagnostic.self) { try reader.sheet(named: "E") }
      let rows = try reader.rows(of: try reader.sheet(named: "B"))
      #expect(try rows.next().map(shown) == "1: A=1")
      #expect(try rows.next() == nil)
      #expect(try rows.next() == nil)
    }
  }
}
