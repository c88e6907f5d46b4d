import Diagnostics
import FEEL
import Testing

@testable import Policy
@testable import Registry

/// What a field was, in both times.
@Suite("The times of a field")
struct TimelineTests {
  private static let type = RecordType(
    name: "企业", id: "enterprise", key: "代码",
    fields: [
      Field(
        name: "名称", id: "name", type: ValueType(.text), years: nil, authority: .office, sensitivity: .public,
        values: [],
        place: SourcePlace(file: "test"))
    ], place: SourcePlace(file: "test"))

  private static func said(
    _ id: Int, _ name: String?, from: String? = nil, to: String? = nil, by source: String = "register",
    otherKey: String? = nil
  ) -> Statement {
    let validity = Validity(from: from.flatMap { CalendarDate($0) }, to: to.flatMap { CalendarDate($0) })
    let batch = Batch(
      id: id, source: Source(id: source, title: source, authority: source == "register" ? .office : .enterprise),
      recorded: RecordedTime(microseconds: Int64(id)), confidence: .stated, validity: validity, origin: "", actor: "",
      digest: "", rows: 1)
    return Statement(
      id: id, otherKey: otherKey, batch: batch, validity: validity,
      cells: name.map { ["名称": .value(.string($0))] } ?? [:], isRetraction: name == nil)
  }

  private func timeline(_ statements: [Statement]) -> [String] {
    RecordHistory(type: Self.type, key: "A", statements: statements).timeline(of: "名称").map { span in
      guard case .value(.string(let name)) = span.cell else { return "?" }
      return
        "\(span.days.from?.description ?? "")..\(span.days.to?.description ?? "") \(name)#\(span.reading.statement.id)"
    }
  }

  @Test("a name that changed on a day has two spans; a day of which nothing is known has none")
  func spans() {
    #expect(timeline([Self.said(1, "甲")]) == [".. 甲#1"])
    #expect(
      timeline([Self.said(1, "甲"), Self.said(2, "乙", from: "2024-05-01")]) == ["..2024-05-01 甲#1", "2024-05-01.. 乙#2"])
    #expect(
      timeline([Self.said(1, "甲", from: "2020-01-01", to: "2021-01-01"), Self.said(2, "乙", from: "2022-01-01")])
        == ["2020-01-01..2021-01-01 甲#1", "2022-01-01.. 乙#2"])
    #expect(timeline([]) == [])
  }

  @Test("a change of another source within a span does not cut it, and a correction takes its place")
  func corrections() {
    #expect(
      timeline([Self.said(1, "甲"), Self.said(2, "丙", from: "2024-05-01", by: "form")]) == [".. 甲#1"])
    #expect(
      timeline([
        Self.said(1, "甲", to: "2024-01-01"), Self.said(2, "乙", from: "2024-01-01"),
        Self.said(3, "乙方", from: "2024-01-01"),
      ]) == ["..2024-01-01 甲#1", "2024-01-01.. 乙方#3"])
  }

  @Test("former names and names by which some source knows the record are told apart from the one that stands")
  func otherValues() throws {
    let history = RecordHistory(
      type: Self.type, key: "A",
      statements: [
        Self.said(1, "甲"), Self.said(2, "乙", from: "2024-05-01"), Self.said(3, "丙", by: "form"), Self.said(4, "甲"),
      ])
    let day = try #require(CalendarDate("2025-01-01"))
    #expect(history.otherValues(of: "名称", on: day).map(\.statement.id) == [3, 2])
    let before = RecordHistory(type: Self.type, key: "A", statements: Array(history.statements.prefix(2)))
    #expect(before.otherValues(of: "名称", on: day).map(\.statement.id) == [1])
  }

  @Test("of one batch the word under the main key counts, of a later batch that under whichever key")
  func mainKeyFirst() throws {
    var main = Self.said(1, "甲"), other = Self.said(2, "乙", otherKey: "B")
    other.batch = main.batch
    #expect(timeline([main, other]) == [".. 甲#1"])
    main.id = 3
    #expect(timeline([other, main]) == [".. 甲#3"])
    #expect(timeline([Self.said(1, "甲"), Self.said(2, "乙", otherKey: "B")]) == [".. 乙#2"])
  }

  @Test("a retraction under one key leaves what was said under another key of the same record")
  func retractionOfOneKey() throws {
    let history = RecordHistory(
      type: Self.type, key: "A",
      statements: [Self.said(1, "甲"), Self.said(2, "乙", by: "form", otherKey: "B"), Self.said(3, nil, otherKey: "B")])
    let day = try #require(CalendarDate("2025-01-01"))
    let record = try #require(history.standing(on: day))
    #expect(record.readings[.init(field: "名称")]?.map(\.statement.id) == [1])
    let gone = RecordHistory(
      type: Self.type, key: "A", statements: [Self.said(1, "甲"), Self.said(2, nil)])
    #expect(gone.standing(on: day) == nil)
  }
}
