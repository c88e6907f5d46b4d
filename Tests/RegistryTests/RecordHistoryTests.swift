import Diagnostics
import FEEL
import Testing

@testable import Policy
@testable import Registry

/// What stands when several sources have spoken.
@Suite("A record's history")
struct RecordHistoryTests {
  private static let place = SourcePlace(file: "test")
  private static let type = RecordType(
    name: "企业", id: "enterprise", key: "代码",
    fields: [
      field("代码", .text, .office), field("名称", .text, .office), field("人数", .number, .enterprise),
      field("收入", .number, .enterprise, years: 3),
    ], place: place)

  private static func field(
    _ name: String, _ kind: ValueType.Kind, _ authority: Field.Authority, years: Int? = nil
  ) -> Field {
    Field(
      name: name, id: name, type: ValueType(kind), years: years, authority: authority, sensitivity: .internal,
      values: [], place: place)
  }

  private static func said(
    _ id: Int, by authority: Field.Authority, _ source: String, _ cells: [String: FactRow.Cell],
    from: String? = nil, to: String? = nil, _ confidence: Confidence = .stated, isRetraction: Bool = false
  ) -> Statement {
    let validity = Validity(from: from.flatMap { CalendarDate($0) }, to: to.flatMap { CalendarDate($0) })
    let batch = Batch(
      id: id, source: Source(id: source, title: source, authority: authority),
      recorded: RecordedTime(microseconds: Int64(id)), confidence: confidence, validity: validity, origin: "",
      actor: "", digest: "", rows: 1)
    return Statement(id: id, batch: batch, validity: validity, cells: cells, isRetraction: isRetraction)
  }

  private static func number(_ number: Int) -> FactRow.Cell { .value(.number(Decimal128(number))) }
  private static func text(_ text: String) -> FactRow.Cell { .value(.string(text)) }

  private func standing(_ statements: [Statement], on day: String = "2026-06-01") throws -> StandingRecord? {
    RecordHistory(type: Self.type, key: "A", statements: statements).standing(on: try #require(CalendarDate(day)))
  }

  private func expect(_ record: StandingRecord?, _ field: String, _ cell: FactRow.Cell?) {
    switch (record?.cells[field], cell) {
    case (nil, nil): break
    case (let own?, let expected?): #expect(!own.differs(from: expected), "\(own) is not \(expected)")
    case (let own, let expected): Issue.record("\(String(describing: own)) is not \(String(describing: expected))")
    }
  }

  @Test("of one source the last word counts, and what it does not speak of stays")
  func lastWord() throws {
    let record = try standing([
      Self.said(1, by: .office, "register", ["名称": Self.text("甲"), "人数": Self.number(5)]),
      Self.said(2, by: .office, "register", ["人数": Self.number(7)]),
    ])
    expect(record, "名称", Self.text("甲"))
    expect(record, "人数", Self.number(7))
    #expect(record?.disputed.isEmpty == true)
  }

  @Test("whom the dictionary names to provide a field comes before others, however early it spoke")
  func authority() throws {
    let record = try standing([
      Self.said(1, by: .enterprise, "form", ["名称": Self.text("自报"), "人数": Self.number(9)]),
      Self.said(2, by: .office, "register", ["名称": Self.text("登记"), "人数": Self.number(8)]),
      Self.said(3, by: .institution, "bank", ["名称": Self.text("开户"), "人数": Self.number(7)]),
    ])
    expect(record, "名称", Self.text("登记"))
    expect(record, "人数", Self.number(9))
    #expect(Set(record?.disputed.map(\.field) ?? []) == ["名称", "人数"])
    let readings = try #require(record?.readings[.init(field: "人数")])
    #expect(readings.map(\.statement.batch.source.id) == ["form", "register", "bank"])
  }

  @Test("between sources of one rank, confidence, then the later")
  func confidence() throws {
    let verified = Self.said(1, by: .office, "a", ["人数": Self.number(1)], .verified)
    let later = Self.said(2, by: .office, "b", ["人数": Self.number(2)])
    let latest = Self.said(3, by: .office, "c", ["人数": Self.number(3)])
    expect(try standing([verified, later]), "人数", Self.number(1))
    expect(try standing([later, latest]), "人数", Self.number(3))
  }

  @Test("what is said of another time does not count, but for fiscal years")
  func validity() throws {
    let statements = [
      Self.said(1, by: .office, "register", ["名称": Self.text("旧名")], to: "2026-01-01"),
      Self.said(2, by: .office, "register", ["名称": Self.text("新名")], from: "2026-01-01"),
      Self.said(
        3, by: .enterprise, "form", ["收入": .annual([2024: .number(Decimal128(10))])], from: "2027-01-01"),
    ]
    expect(try standing(statements, on: "2025-12-31"), "名称", Self.text("旧名"))
    expect(try standing(statements, on: "2026-01-01"), "名称", Self.text("新名"))
    expect(
      try standing(statements, on: "2026-01-01"), "收入", .annual([2024: .number(Decimal128(10))]))
    #expect(try standing([statements[1]], on: "2025-12-31") == nil)
  }

  @Test("fiscal years come together from whoever spoke of them")
  func years() throws {
    let record = try standing([
      Self.said(1, by: .office, "tax", ["收入": .annual([2023: .number(Decimal128(1)), 2024: .number(Decimal128(2))])]),
      Self.said(2, by: .enterprise, "form", ["收入": .annual([2024: .number(Decimal128(3)), 2022: nil])]),
    ])
    expect(
      record, "收入",
      .annual([2022: nil, 2023: .number(Decimal128(1)), 2024: .number(Decimal128(3))]))
    #expect(record?.disputed == [.init(field: "收入", year: 2024)])
  }

  @Test("a retraction voids what was said before it, and no more")
  func retraction() throws {
    let before = Self.said(1, by: .office, "register", ["名称": Self.text("甲"), "人数": Self.number(5)])
    let void = Self.said(2, by: .enterprise, "form", [:], isRetraction: true)
    let after = Self.said(3, by: .office, "register", ["名称": Self.text("乙")])
    #expect(try standing([before, void]) == nil)
    #expect(try standing([void]) == nil)
    let record = try standing([before, void, after])
    expect(record, "名称", Self.text("乙"))
    expect(record, "人数", nil)
    let past = Self.said(2, by: .enterprise, "form", [:], from: "2027-01-01", isRetraction: true)
    expect(try standing([before, past]), "名称", Self.text("甲"))
  }

  @Test(
    "recorded times are told in China's time",
    arguments: [
      (0, "1970-01-01T08:00:00.000000+08:00"), (-1, "1970-01-01T07:59:59.999999+08:00"),
      (-28_800_000_001, "1969-12-31T23:59:59.999999+08:00"),
      (1_772_328_600_250_000, "2026-03-01T09:30:00.250000+08:00"),
    ])
  func times(microseconds: Int64, text: String) {
    #expect(RecordedTime(microseconds: microseconds).description == text)
  }

  @Test("a day ends at midnight in China")
  func endOfDay() throws {
    let day = try #require(CalendarDate("2026-03-01"))
    #expect(RecordedTime(endOf: day).description == "2026-03-01T23:59:59.999999+08:00")
  }
}
