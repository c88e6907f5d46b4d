import Diagnostics

/// The part that names the sheets.
struct WorkbookPart {
  struct Entry {
    var name: String
    var visibility: SheetHeading.Visibility
    var relation: String
  }

  let sheets: [Entry]
  let startsIn1904: Bool

  init(_ part: ZipPart) throws(Diagnostic) {
    let listener = WorkbookListener()
    try PartParser(part, for: listener).finish()
    sheets = listener.sheets
    startsIn1904 = listener.startsIn1904
  }
}

private final class WorkbookListener: PartListener {
  var sheets: [WorkbookPart.Entry] = []
  var startsIn1904 = false
  private var depth = 0

  func begin(_ element: PartElement) throws(Diagnostic) -> Bool {
    switch depth {
    case 0 where element.isNamed("workbook"), 1 where element.isNamed("sheets"):
      depth += 1
      return true
    case 1 where element.isNamed("workbookPr"): startsIn1904 = element.flag("date1904")
    case 2 where element.isNamed("sheet"): add(element)
    default: break
    }
    return false
  }

  func end() { depth -= 1 }

  private func add(_ element: PartElement) {
    guard let name = element.value("name"), let relation = element.text("id", isPrefixed: true) else { return }
    let visibility = element.text("state").flatMap(SheetHeading.Visibility.init(rawValue:)) ?? .visible
    sheets.append(
      WorkbookPart.Entry(name: EscapedText.decoded(name), visibility: visibility, relation: relation))
  }
}
