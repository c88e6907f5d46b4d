/// GroupingCells one by one, for what groups rows.
extension Column {
  /// As ``Column`` says by kind; what stands where nothing is given has no meaning.
  func whole(_ row: Int) -> Int64 { cells[row] }

  /// The cells of these rows, in their order.
  /// - Parameter target: the new row of a row that a reference leads to; nil for one that is not kept.
  func part(_ rows: [Int], target: (Int) -> Int?) -> Column {
    var values: [Int64] = []
    var states: [UInt8] = []
    values.reserveCapacity(rows.count)
    states.reserveCapacity(rows.count)
    var isWhole = true
    for row in rows {
      var state = state(row)
      var value = whole(row)
      if case .reference = kind, state == .given {
        if let row = target(Int(value)) { value = Int64(row) } else { state = .dangling }
      }
      if state != .given { isWhole = false }
      values.append(value)
      states.append(state.rawValue)
    }
    return Column(kind, values: values, states: isWhole ? [] : states)
  }
}
