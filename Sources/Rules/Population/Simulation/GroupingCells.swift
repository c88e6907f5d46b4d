import FEEL

/// One value per row, to be told apart into groups.
struct GroupingCells {
  enum Values {
    case none
    case texts([Int64], [String])
    case numbers([Int64], scale: Int)
    /// 0 and 1.
    case truths([Int64])
    /// Days since 1970-01-01.
    case dates([Int64])
  }

  /// A `Column.State` for each row.
  var states: [UInt8]
  var values: Values

  /// - Returns: nil for more groups than a dimension may have.
  func dimension(_ name: String) -> Dimension? {
    switch values {
    case .none: return grouped(name, [], []) { _ in .unknown }
    case .texts(let codes, let texts):
      // Names of records may be the same.
      var first: [String: Int] = [:]
      let own = texts.enumerated().map { number, text in
        first[text]
          ?? {
            first[text] = number; return number
          }()
      }
      return grouped(name, codes.map { own.indices.contains(Int($0)) ? own[Int($0)] : 0 }, Array(own.indices)) {
        .value(texts[$0])
      }
    case .truths(let codes): return grouped(name, codes.map { $0 == 0 ? 1 : 0 }, [0, 1]) { .truth($0 == 0) }
    case .dates(let days):
      let years = days.map { CalendarDate(dayNumber: Int($0))?.year ?? 0 }
      return grouped(name, years, Set(given(years)).sorted()) { .year($0) }
    case .numbers(let numbers, let scale): return banded(name, numbers, scale)
    }
  }

  private func given<T>(_ values: [T]) -> [T] { zip(values, states).filter { $0.1 == 0 }.map(\.0) }

  private func banded(_ name: String, _ numbers: [Int64], _ scale: Int) -> Dimension? {
    let sorted = given(numbers).sorted()
    var distinct: [Int64] = []
    for number in sorted where number != distinct.last {
      distinct.append(number)
      if distinct.count > Self.fewValues { break }
    }
    func decimal(_ number: Int64) -> Decimal128? { Decimal128(Int128(number), exponent: -scale)?.plain }
    if distinct.count <= Self.fewValues {
      return grouped(name, numbers.map { distinct.firstIndex(of: $0) ?? 0 }, Array(distinct.indices)) { place in
        .value(decimal(distinct[place])?.description ?? "")
      }
    }
    var edges: [Int64] = []
    for part in 1..<Self.bands {
      let edge = sorted[sorted.count * part / Self.bands]
      if edge > sorted[0], edge != edges.last { edges.append(edge) }
    }
    return grouped(name, numbers.map { number in edges.count { $0 <= number } }, Array(0...edges.count)) { place in
      .range(
        low: place == 0 ? nil : decimal(edges[place - 1]), high: place == edges.count ? nil : decimal(edges[place]))
    }
  }

  private static let bands = 5
  /// So many values stand for themselves.
  private static let fewValues = 12

  /// - Parameters:
  ///   - codes: of each row, among `order`; what stands where nothing is given does not matter.
  ///   - order: the codes in the order of their groups.
  private func grouped(
    _ name: String, _ codes: [Int], _ order: [Int], _ group: (Int) -> Dimension.Group
  ) -> Dimension? {
    let places = Dictionary(order.enumerated().map { ($1, $0) }) { first, _ in first }
    let groups = order.map(group) + [.none, .unknown]
    let numbers = states.enumerated().map { row, state in
      switch state {
      case Column.State.given.rawValue: places[codes[row]] ?? order.count + 1
      case Column.State.none.rawValue: order.count
      default: order.count + 1
      }
    }
    return Dimension(name, groups, codes: numbers)
  }
}

extension GroupingCells {
  /// Values one by one, each kind of its own among texts.
  init(_ values: [Value]) {
    var texts: [String] = [], codes: [String: Int64] = [:]
    states = []
    var own: [Int64] = []
    for value in values {
      guard let text = value.groupText else {
        states.append(Column.State.unknown.rawValue)
        own.append(0)
        continue
      }
      let code = codes[text] ?? Int64(texts.count)
      if code == texts.count {
        codes[text] = code
        texts.append(text)
      }
      states.append(Column.State.given.rawValue)
      own.append(code)
    }
    self.values = .texts(own, texts)
  }

  /// - Returns: nil for a series without values.
  init?(_ series: PopulationResults.Series, count: Int) {
    let rows = (0..<count).map { series[$0] }
    states = rows.map { $0 == nil ? Column.State.unknown.rawValue : Column.State.given.rawValue }
    let wholes = rows.map { $0 ?? 0 }
    switch series.kind {
    case .number(let scale): values = .numbers(wholes, scale: scale)
    case .truth:
      for (row, whole) in wholes.enumerated() where whole == 1 { states[row] = Column.State.unknown.rawValue }
      values = .truths(wholes.map { $0 / 2 })
    case .date: values = .dates(wholes)
    case .text(let pool): values = .texts(wholes, Array(pool.texts))
    case .nothing: return nil
    }
  }
}

extension PopulationResults.Series {
  func value(_ row: Int) -> Value {
    guard let whole = self[row] else { return .null() }
    switch kind {
    case .number(let scale): return Decimal128(Int128(whole), exponent: -scale).map { .number($0) } ?? .null()
    case .truth: return whole == 1 ? .null() : .boolean(whole == 2)
    case .date: return CalendarDate(dayNumber: Int(whole)).map { .date($0) } ?? .null()
    case .text(let pool): return .string(pool.texts[Int(whole)])
    case .nothing: return .null()
    }
  }
}

extension Value {
  fileprivate var groupText: String? {
    switch self {
    case .string(let text): text
    case .number(let number): number.plain.description
    case .boolean(let truth): truth ? "✓" : "✗"
    case .date(let date): date.description
    default: nil
    }
  }
}

extension Decimal128 {
  /// Without zeros at the end of a fraction.
  fileprivate var plain: Decimal128 {
    guard let digits = fractionDigits, let whole = scaled(by: digits) else { return self }
    return Decimal128(whole, exponent: -digits) ?? self
  }
}
