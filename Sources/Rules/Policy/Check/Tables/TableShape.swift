import DMN
import FEEL

/// A decision table as geometry: an axis per input, a box per rule.
struct TableShape: Sendable {
  /// A rule as the cases it matches.
  struct Rule: Sendable {
    /// Where it matches for certain.
    var certain: Box
    /// Where it may match; larger than ``certain`` only when a cell cannot be analysed.
    var possible: Box
  }

  /// A cell that could not be analysed: it may match anything.
  struct Unread: Sendable {
    var tests: UnaryTests
    var obstacle: CellReader.Obstacle
  }

  let axes: [Axis]
  let space: Space
  /// The cases that must be answered: without the nones that nothing shows to come.
  let expected: Box
  let rules: [Rule]
  let unread: [Unread]

  /// Most questions put to cells of one table.
  static let maximumQuestions = 100_000

  /// - Parameters:
  ///   - domains: what each input can be.
  ///   - reader: knows the values that cells name.
  init(_ table: DecisionTable, domains: [Domain], reader: CellReader) throws(WorkLimit.Exceeded) {
    var work = WorkLimit(Self.maximumQuestions)
    var unread: [Unread] = []
    var axes: [Axis] = []
    var answers: [[[Bool]?]] = []
    for (column, input) in table.inputs.enumerated() {
      let cells = table.rules.map { $0.inputs[column] }
      let reading = ColumnReading(cells, reader)
      unread += reading.unread
      var constants = reading.constants
      if let allowed = input.allowed, let named = try? reader.constants(of: allowed) {
        constants.values += named.values
      }
      var axis = Axis(domains[column], constants: constants.values, namesNull: constants.namesNull)
      if let allowed = input.allowed {
        axis.keep { allowed.evaluate(input: Binding($0), in: reader.scope).value.isTrue }
      }
      axes.append(axis)
      answers.append(try reading.answers(on: axis, reader, &work))
    }
    space = Space(counts: axes.map(\.pieces.count))
    self.axes = axes
    self.unread = unread
    let space = space
    expected = space.box(axes.map { $0.pieces.map(\.isExpected) })
    rules = table.rules.indices.map { rule in
      let cells = answers.map { $0[rule] }
      return Rule(
        certain: space.box(zip(cells, axes).map { $0 ?? Array(repeating: false, count: $1.pieces.count) }),
        possible: space.box(zip(cells, axes).map { $0 ?? Array(repeating: true, count: $1.pieces.count) }))
    }
  }
}

/// The cells of a column, each of another text read once.
private struct ColumnReading {
  let cells: [UnaryTests]
  private(set) var constants = CellReader.Constants()
  private(set) var unread: [TableShape.Unread] = []
  private var isRead: [String: Bool] = [:]

  init(_ cells: [UnaryTests], _ reader: CellReader) {
    self.cells = cells
    for cell in cells {
      do throws(CellReader.Obstacle) {
        let found = try reader.constants(of: cell)
        if isRead.updateValue(true, forKey: cell.source) == nil {
          constants.values += found.values
          constants.namesNull = constants.namesNull || found.namesNull
        }
      } catch {
        isRead[cell.source] = false
        unread.append(TableShape.Unread(tests: cell, obstacle: error))
      }
    }
  }

  /// For each cell, which pieces it accepts; nil for one that could not be read.
  func answers(
    on axis: Axis, _ reader: CellReader, _ work: inout WorkLimit
  ) throws(WorkLimit.Exceeded) -> [[Bool]?] {
    var known: [String: [Bool]] = [:]
    var answers: [[Bool]?] = []
    for cell in cells {
      if isRead[cell.source] == false {
        answers.append(nil)
        continue
      }
      if known[cell.source] == nil {
        try work.spend(axis.pieces.count)
        known[cell.source] = axis.pieces.map {
          cell.evaluate(input: Binding($0.value), in: reader.scope).value.isTrue
        }
      }
      answers.append(known[cell.source])
    }
    return answers
  }
}

extension Value {
  var isTrue: Bool {
    if case .boolean(true) = self { true } else { false }
  }
}
