import Policy

/// What the lines above a header say of the whole table.
struct TableTitle {
  private(set) var units: [Unit] = []
  private(set) var unknownUnits: [UnknownUnit] = []
  private var years: Set<Int> = []

  init(_ grid: HeaderGrid, above row: Int) {
    for number in grid.labels.keys.sorted() where number < row {
      for text in Set((grid.labels[number] ?? [:]).values.map { $0.text.compact }) { read(text) }
    }
  }

  private mutating func read(_ text: String) {
    for symbol in TitleLine.units(in: text) {
      if let unit = Unit.named(symbol) { units.append(unit) }
      if let unknown = UnknownUnit(symbol) { unknownUnits.append(unknown) }
    }
    years.formUnion(TitleLine.years(in: text))
  }

  /// To be kept with a shape.
  var summary: TableShape.Title {
    TableShape.Title(years: years.sorted(), units: Set(units.map(\.symbol) + unknownUnits.map(\.symbol)).sorted())
  }

  /// Nil when there is none, or more than one.
  var year: Int? { years.count == 1 ? years.first : nil }

  func unit(of dimension: String) -> Unit? {
    let own = Set(units.filter { $0.dimension == dimension })
    return own.count == 1 ? own.first : nil
  }

  func unknownUnit(of dimension: String) -> UnknownUnit? { unknownUnits.first { $0.dimension == dimension } }
}
