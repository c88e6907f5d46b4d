import MessyTables
import TestKit
import Testing

@Suite("Text files as programs export them")
struct MessyTextTests {
  @Test("every cell is read, left out or refused with its place", arguments: messyTexts)
  func text(_ table: MessyText) throws {
    try withFolder(["名录.csv": table.encoded(filled(table.text))]) { folder in
      let lines = Transcript(folder + "/名录.csv").lines
      #expect(lines == filled(table.expected).split(separator: "\n").map(String.init))
    }
  }
}
