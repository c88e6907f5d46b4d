public import Policy

extension Population {
  /// The rows of a type whose key or name holds a text; Latin letters may be large or small.
  public func rows(of type: RecordType, holding text: String) -> [Int] {
    guard let table = tables[type.name] else { return [] }
    let wanted = text.utf8.map(\.smallLetter)
    var names: (column: Column, pool: TextPool)?
    if let display = type.display, let column = table.columns[ColumnTable.Key(display)],
      case .text(let pool) = column.kind
    {
      names = (column, pool)
    }
    return table.keys.indices.filter { row in
      if table.keys.utf8(row).holds(wanted) { return true }
      guard let (column, pool) = names, column.state(row) == .given else { return false }
      return pool.texts.utf8(Int(column.cells[row])).holds(wanted)
    }
  }
}

extension UInt8 {
  fileprivate var smallLetter: UInt8 { self &- 65 < 26 ? self + 32 : self }
}

extension UnsafeRawBufferPointer {
  /// - Parameter wanted: in small letters.
  fileprivate func holds(_ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first else { return true }
    guard count >= wanted.count else { return false }
    for start in 0...count - wanted.count where self[start].smallLetter == first {
      if wanted.indices.allSatisfy({ self[start + $0].smallLetter == wanted[$0] }) { return true }
    }
    return false
  }
}
