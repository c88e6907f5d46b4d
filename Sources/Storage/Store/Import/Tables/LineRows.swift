/// Which row each line was. Only where rows are left out something is kept.
struct LineRows {
  /// Where stretches of rows that follow on each other begin, by rising line.
  private var stretches: [(line: Int, row: Int)] = []

  /// - Parameter line: rises from call to call.
  mutating func add(_ row: Int, asLine line: Int) {
    if let last = stretches.last, row - last.row == line - last.line { return }
    stretches.append((line, row))
  }

  /// 1 when there is none.
  func row(ofLine line: Int) -> Int {
    var (low, high) = (0, stretches.count)
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].line <= line { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 1 }
    return stretches[low - 1].row + line - stretches[low - 1].line
  }
}
