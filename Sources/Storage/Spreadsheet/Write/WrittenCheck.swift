import Diagnostics

/// How much a sheet holds.
struct SheetCount: Equatable {
  var rows = 0
  var cells = 0
}

/// Reads a workbook back before it gets its name. The library does not notice when one of its own files could not
/// grow, and would pack what there is of it.
enum WrittenCheck {
  /// Whether every part is whole, and the sheets hold what was written, in the order of `counts`.
  static func isWhole(_ path: String, _ counts: [SheetCount]) -> Bool {
    do throws(Diagnostic) {
      var limits = SpreadsheetLimits()
      (limits.fileBytes, limits.unpackedBytes, limits.unpackedRatio) = (.max, .max, .max)
      let archive = try ZipArchive(path: path, limits: limits)
      for name in archive.names {
        let counter = CellCounter()
        try PartParser(try archive.part(name), namespace: .any, for: counter).finish()
        guard let number = sheetNumber(name) else { continue }
        guard counts.indices.contains(number - 1), counts[number - 1] == counter.count else { return false }
      }
      return true
    } catch {
      return false
    }
  }

  /// `xl/worksheets/sheet2.xml`
  private static func sheetNumber(_ name: String) -> Int? {
    let folder = "xl/worksheets/sheet"
    return name.hasPrefix(folder) ? Int(name.dropFirst(folder.count).prefix { $0.isNumber }) : nil
  }
}

private final class CellCounter: PartListener {
  var count = SheetCount()

  func begin(_ element: PartElement) -> Bool {
    if element.isNamed("c") { count.cells += 1 } else if element.isNamed("row") { count.rows += 1 }
    return true
  }

  func end() {}
}
