import Foundation
import TestKit

/// The parts of a workbook, written by hand.
struct Parts {
  var files: [String: [UInt8]] = [:]

  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

  /// One sheet with these contents of `sheetData`; shared strings and styles as given.
  init(data: String = "", strings: String = "", formats: [(id: Int, code: String?)] = [], workbook: String = "") {
    self["_rels/.rels"] = Self.relations([("rId1", "officeDocument", "xl/workbook.xml")])
    self["[Content_Types].xml"] = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
    self["xl/workbook.xml"] = """
      <workbook xmlns="\(Self.main)" xmlns:r="\(Self.relationships)">\(workbook)<sheets>
      <sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>
      """
    self["xl/_rels/workbook.xml.rels"] = Self.relations([
      ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml"),
      ("rId3", "styles", "styles.xml"),
    ])
    self["xl/worksheets/sheet1.xml"] = Self.sheet(data)
    self["xl/sharedStrings.xml"] = "<sst xmlns=\"\(Self.main)\">\(strings)</sst>"
    let custom = formats.compactMap { format in
      format.code.map { "<numFmt numFmtId=\"\(format.id)\" formatCode=\"\($0)\"/>" }
    }
    let styles = formats.map { "<xf numFmtId=\"\($0.id)\"/>" }
    self["xl/styles.xml"] = """
      <styleSheet xmlns="\(Self.main)"><numFmts>\(custom.joined())</numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
      <cellXfs><xf numFmtId="0"/>\(styles.joined())</cellXfs></styleSheet>
      """
  }

  static func sheet(_ data: String, after: String = "", before: String = "") -> String {
    "<worksheet xmlns=\"\(main)\">\(before)<sheetData>\(data)</sheetData>\(after)</worksheet>"
  }

  static func relations(_ relations: [(id: String, kind: String, target: String)]) -> String {
    let lines = relations.map {
      "<Relationship Id=\"\($0.id)\" Type=\"\(relationships)/\($0.kind)\" Target=\"\($0.target)\"/>"
    }
    return "<Relationships xmlns=\"\(package)\">\(lines.joined())</Relationships>"
  }

  subscript(name: String) -> String {
    get { String(decoding: files[name] ?? [], as: UTF8.self) }
    set { files[name] = Array(newValue.utf8) }
  }

  /// Packs the parts and runs `body` with the path of the workbook.
  func packed<Result>(_ body: (String) throws -> Result) throws -> Result {
    try withFolder(files.mapKeys { "parts/" + $0 }) { folder in
      try Python.run(Self.pack, [folder + "/parts", folder + "/book.xlsx"])
      return try body(folder + "/book.xlsx")
    }
  }

  private static let pack = """
    import os, sys, zipfile
    with zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED) as book:
      for folder, _, names in os.walk(sys.argv[1]):
        for name in names:
          path = os.path.join(folder, name)
          book.write(path, os.path.relpath(path, sys.argv[1]))
    """
}

extension Dictionary {
  fileprivate func mapKeys(_ change: (Key) -> Key) -> [Key: Value] {
    Dictionary(uniqueKeysWithValues: map { (change($0.key), $0.value) })
  }
}
