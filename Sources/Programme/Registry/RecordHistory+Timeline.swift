public import FEEL
public import Policy

/// Days during which a field was one thing, by one reading.
public struct FieldSpan: Sendable {
  /// From the first day on, up to another that is no longer part of it; nil for no end.
  public var days: Validity
  /// What counted then.
  public var reading: StandingRecord.Reading

  public var cell: FactRow.Cell { reading.cell }
}

extension RecordHistory {
  /// What a field was on which days, by what is known: spans in the order of days, without those on which nothing is known of it.
  ///
  /// Values of fiscal years have no days of their own; of such fields there are no spans.
  public func timeline(of field: String) -> [FieldSpan] {
    var spans: [FieldSpan] = []
    for days in periods {
      guard let day = days.someDay, let reading = standing(on: day)?.readings[.init(field: field)]?.first else {
        continue
      }
      if let last = spans.last, last.days.to == days.from, last.days.to != nil,
        last.reading.statement.id == reading.statement.id
      {
        spans[spans.count - 1].days.to = days.to
      } else {
        spans.append(FieldSpan(days: days, reading: reading))
      }
    }
    return spans
  }

  /// What was ever said of a field, by what is known, and is not what stands on a day: former names, and names by which only some
  /// source knows the record. Each value once, as it was said last; the latest first.
  public func otherValues(of field: String, on day: CalendarDate) -> [StandingRecord.Reading] {
    let standing = standing(on: day)?.cells[field]
    var found: [StandingRecord.Reading] = []
    for statement in statements.reversed() {
      guard let cell = statement.cells[field], case .value = cell, standing.map({ $0.differs(from: cell) }) ?? true,
        !found.contains(where: { !$0.cell.differs(from: cell) })
      else { continue }
      found.append(StandingRecord.Reading(cell: cell, statement: statement))
    }
    return found
  }

  /// Days between which nothing can change: from each day on which something begins or ends to the next.
  private var periods: [Validity] {
    let days = Set(statements.flatMap { [$0.validity.from, $0.validity.to].compactMap { $0 } }).sorted()
    let edges: [CalendarDate?] = [nil] + days
    return edges.indices.map { Validity(from: edges[$0], to: $0 + 1 < edges.count ? edges[$0 + 1] : nil) }
  }
}

extension Validity {
  /// A day within it.
  fileprivate var someDay: CalendarDate? {
    if let from { return from }
    guard let to else { return CalendarDate(year: Self.days.upperBound, month: 1, day: 1) }
    return CalendarDate(dayNumber: to.dayNumber - 1)
  }
}
