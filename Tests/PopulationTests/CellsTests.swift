import Testing

@testable import Population

@Suite("Cells no wider than their values")
struct CellsTests {
  @Test(
    "take the fewest bytes that hold the bounds",
    arguments: [
      (0, 0, CellWidth.one), (-128, 127, .one), (-129, 0, .two), (0, 128, .two), (0, 32_768, .four),
      (-2_147_483_648, 2_147_483_647, .four), (0, 2_147_483_648, .eight), (.min, .max, .eight),
    ] as [(Int64, Int64, CellWidth)])
  func widths(low: Int64, high: Int64, width: CellWidth) {
    #expect(CellWidth(holding: low...high) == width)
    let column = Column(.number(scale: 0), values: [low, high, low])
    #expect(column.cells.width == width && column.cells.numbers == [low, high, low])
    #expect((0..<3).map { column.cells[$0] } == [low, high, low] && column.bounds == low...high)
  }

  @Test("read as the lower bound where nothing is given")
  func fillers() {
    let column = Column(.number(scale: 0), values: [70_000, 500, -1], states: [2, 0, 1])
    #expect(column.cells.numbers == [500, 500, 500] && column.cells.width == .two)
    #expect((0..<3).map { column.state($0) } == [.unknown, .given, .none] && column.occurring == [1, 2])
    #expect(Column(.date, values: [5], states: [2]).bounds == nil)
    #expect(Column(.date, values: [5], states: [0]).stateCells == nil)
  }

  @Test("texts are found by their code points")
  func texts() {
    let all = (0..<5000).map { "文本\($0)" } + ["", "caf\u{E9}"]
    let pool = TextPool(all)
    #expect(Array(pool.texts) == all)
    #expect(all.allSatisfy { pool.code(of: $0).map { pool.texts[$0] } == $0 })
    #expect(pool.code(of: "文本5000") == nil && pool.code(of: "cafe\u{301}") == nil)
  }

  /// From the public description's own vectors.
  @Test(
    "hashes are XXH64",
    arguments: [
      ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
      ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
    ] as [(String, UInt64)])
  func hashes(text: String, hash: UInt64) {
    var text = text
    #expect(text.withUTF8 { ByteHash.of(UnsafeRawBufferPointer($0)) } == hash)
  }
}
