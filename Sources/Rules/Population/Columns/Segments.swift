/// Rows of a table grouped by the row they refer to, each group in the order of the table.
package struct Segments: Sendable {
  /// Where the group of each parent begins in `rows`; one more than there are parents. Never falling, within `rows`.
  package let offsets: RowNumbers
  package let rows: RowNumbers

  package init(offsets: RowNumbers, rows: RowNumbers) {
    self.offsets = offsets
    self.rows = rows
  }

  package init(of references: Column, into parents: Int) {
    let cells = references.cells
    switch cells.width {
    case .one: self.init(of: cells.pointer(Int8.self), references, into: parents)
    case .two: self.init(of: cells.pointer(Int16.self), references, into: parents)
    case .four: self.init(of: cells.pointer(Int32.self), references, into: parents)
    case .eight: self.init(of: cells.pointer(Int64.self), references, into: parents)
    }
  }

  /// The rows that refer to one of the parents.
  package func rows(of parent: Int) -> some Sequence<Int> {
    (Int(offsets[parent])..<Int(offsets[parent + 1])).lazy.map { Int(rows[$0]) }
  }

  @inline(__always)
  private init<T: FixedWidthInteger>(of cells: UnsafePointer<T>, _ references: Column, into parents: Int) {
    let states = references.stateCells?.pointer(UInt8.self)
    var counts = [Int32](repeating: 0, count: parents + 1)
    @inline(__always)
    func parent(_ row: Int) -> Int? {
      if let states, states[row] != 0 { return nil }
      let parent = Int(cells[row])
      return parent >= 0 && parent < parents ? parent : nil
    }
    for row in 0..<references.count { if let parent = parent(row) { counts[parent + 1] += 1 } }
    for index in 1..<max(counts.count, 1) { counts[index] += counts[index - 1] }
    offsets = RowNumbers(counts)
    var rows = [Int32](repeating: 0, count: Int(counts.last ?? 0))
    for row in 0..<references.count {
      guard let parent = parent(row) else { continue }
      rows[Int(counts[parent])] = Int32(row)
      counts[parent] += 1
    }
    self.rows = RowNumbers(rows)
  }
}

/// Numbers of rows, in memory of their own or in a mapped file.
package struct RowNumbers: Sendable {
  /// Of four bytes each.
  package let cells: Cells

  package init(_ cells: Cells) {
    precondition(cells.width == .four, "row numbers of four bytes")
    self.cells = cells
  }

  init(_ numbers: [Int32]) {
    cells = Cells(width: .four, count: numbers.count) { memory in
      numbers.withUnsafeBytes { if let start = $0.baseAddress { memory.copyMemory(from: start, byteCount: $0.count) } }
    }
  }

  package var count: Int { cells.count }

  /// - Parameter position: within the count; not checked.
  package subscript(position: Int) -> Int32 { cells.pointer(Int32.self)[position] }
}
