package import Instructions

/// The loops over the rows of a block, one for each operation and width.
enum Loops {
  typealias Number = FixedWidthInteger & SignedInteger & BitwiseCopyable

  /// What becomes of two numbers.
  protocol Binary {
    static func apply<T: Loops.Number>(_ a: T, _ b: T) -> T
  }

  /// Whether two numbers stand to each other in a certain way.
  protocol Relation {
    static func holds<T: Loops.Number>(_ a: T, _ b: T) -> Bool
  }

  enum Add: Binary {
    @inline(__always)
    static func apply<T: Loops.Number>(_ a: T, _ b: T) -> T { a &+ b }
  }

  enum Subtract: Binary {
    @inline(__always)
    static func apply<T: Loops.Number>(_ a: T, _ b: T) -> T { a &- b }
  }

  enum Multiply: Binary {
    @inline(__always)
    static func apply<T: Loops.Number>(_ a: T, _ b: T) -> T { a &* b }
  }

  enum Minimum: Binary {
    @inline(__always)
    static func apply<T: Loops.Number>(_ a: T, _ b: T) -> T { a < b ? a : b }
  }

  enum Maximum: Binary {
    @inline(__always)
    static func apply<T: Loops.Number>(_ a: T, _ b: T) -> T { a > b ? a : b }
  }

  enum Less: Relation {
    @inline(__always)
    static func holds<T: Loops.Number>(_ a: T, _ b: T) -> Bool { a < b }
  }

  enum LessOrEqual: Relation {
    @inline(__always)
    static func holds<T: Loops.Number>(_ a: T, _ b: T) -> Bool { a <= b }
  }

  enum Equal: Relation {
    @inline(__always)
    static func holds<T: Loops.Number>(_ a: T, _ b: T) -> Bool { a == b }
  }
}

extension Instruction {
  /// Calls `body` with the width's type.
  @inline(__always)
  private static func with(_ width: Width, _ body: some Typed) {
    switch width {
    case .one: body.run(Int8.self)
    case .two: body.run(Int16.self)
    case .four: body.run(Int32.self)
    case .eight: body.run(Int64.self)
    case .sixteen: body.run(Int128.self)
    }
  }
}

/// A loop that is the same for each type of number.
private protocol Typed {
  func run<T: Loops.Number>(_ type: T.Type)
}

extension UnsafeMutableRawPointer {
  @inline(__always)
  fileprivate func of<T: BitwiseCopyable>(_ type: T.Type) -> UnsafeMutablePointer<T> { assumingMemoryBound(to: type) }
}

// MARK: - Two operands

private struct BinaryLoop<Kernel: Loops.Binary>: Typed {
  let instruction: Instruction, start: Int, count: Int

  @inline(__always)
  func run<T: Loops.Number>(_ type: T.Type) {
    guard let target = instruction.result.pointer(start)?.of(type) else { return }
    let a = instruction.a.pointer(start)?.of(type), b = instruction.b.pointer(start)?.of(type)
    if let a, let b {
      for row in 0..<count { target[row] = Kernel.apply(a[row], b[row]) }
    } else if let a {
      let constant = T(truncatingIfNeeded: instruction.b.step)
      for row in 0..<count { target[row] = Kernel.apply(a[row], constant) }
    } else if let b {
      let constant = T(truncatingIfNeeded: instruction.a.step)
      for row in 0..<count { target[row] = Kernel.apply(constant, b[row]) }
    }
  }
}

private struct RelationLoop<Kernel: Loops.Relation>: Typed {
  let instruction: Instruction, start: Int, count: Int

  @inline(__always)
  func run<T: Loops.Number>(_ type: T.Type) {
    guard let target = instruction.result.pointer(start)?.of(UInt8.self) else { return }
    let a = instruction.a.pointer(start)?.of(type), b = instruction.b.pointer(start)?.of(type)
    if let a, let b {
      for row in 0..<count { target[row] = Kernel.holds(a[row], b[row]) ? 2 : 0 }
    } else if let a {
      let constant = T(truncatingIfNeeded: instruction.b.step)
      for row in 0..<count { target[row] = Kernel.holds(a[row], constant) ? 2 : 0 }
    } else if let b {
      let constant = T(truncatingIfNeeded: instruction.a.step)
      for row in 0..<count { target[row] = Kernel.holds(constant, b[row]) ? 2 : 0 }
    }
  }
}

private struct DivisionLoop: Typed {
  let instruction: Instruction, start: Int, count: Int

  @inline(__always)
  func run<T: Loops.Number>(_ type: T.Type) {
    guard let target = instruction.result.pointer(start)?.of(type), let a = instruction.a.pointer(start)?.of(type)
    else {
      return
    }
    let rounding = WholeRounding.allCases[instruction.detail]
    if let b = instruction.b.pointer(start)?.of(type) {
      for row in 0..<count { target[row] = Whole.quotient(a[row], b[row], rounding) }
    } else if let divisor = Whole.Divisor(instruction.b.step) {
      divide(a, by: divisor, rounding, into: target)
    } else {
      let constant = T(truncatingIfNeeded: instruction.b.step)
      for row in 0..<count { target[row] = Whole.quotient(a[row], constant, rounding) }
    }
  }
}

extension DivisionLoop {
  /// One loop for each way of rounding.
  @inline(__always)
  private func divide<T: Loops.Number>(
    _ a: UnsafeMutablePointer<T>, by divisor: Whole.Divisor, _ rounding: WholeRounding,
    into target: UnsafeMutablePointer<T>
  ) {
    @inline(__always)
    func loop(_ rounding: WholeRounding) {
      for row in 0..<count {
        target[row] = T(truncatingIfNeeded: divisor.quotient(Int64(truncatingIfNeeded: a[row]), rounding))
      }
    }
    switch rounding {
    case .floor: loop(.floor)
    case .ceiling: loop(.ceiling)
    case .up: loop(.up)
    case .down: loop(.down)
    case .halfUp: loop(.halfUp)
    case .halfDown: loop(.halfDown)
    case .halfEven: loop(.halfEven)
    }
  }
}

// MARK: - Choices and conversions

private struct SelectLoop: Typed {
  let instruction: Instruction, start: Int, count: Int

  @inline(__always)
  func run<T: Loops.Number>(_ type: T.Type) {
    guard let target = instruction.result.pointer(start)?.of(type),
      let truth = instruction.a.pointer(start)?.of(UInt8.self)
    else { return }
    let a = instruction.b.pointer(start)?.of(type), b = instruction.c.pointer(start)?.of(type)
    let x = T(truncatingIfNeeded: instruction.b.step), y = T(truncatingIfNeeded: instruction.c.step)
    if let a, let b {
      for row in 0..<count { target[row] = Self.choose(truth[row], a[row], b[row]) }
    } else if let a {
      for row in 0..<count { target[row] = Self.choose(truth[row], a[row], y) }
    } else if let b {
      for row in 0..<count { target[row] = Self.choose(truth[row], x, b[row]) }
    } else {
      for row in 0..<count { target[row] = Self.choose(truth[row], x, y) }
    }
  }

  /// Without a branch, so that several rows go at once.
  @inline(__always)
  private static func choose<T: Loops.Number>(_ truth: UInt8, _ a: T, _ b: T) -> T {
    let mask = 0 &- T(truncatingIfNeeded: truth >> 1)
    return b ^ ((a ^ b) & mask)
  }
}

private struct ConversionLoop<Source: Loops.Number>: Typed {
  let instruction: Instruction, start: Int, count: Int

  @inline(__always)
  func run<T: Loops.Number>(_ type: T.Type) {
    guard let target = instruction.result.pointer(start)?.of(type),
      let source = instruction.a.pointer(start)?.of(Source.self)
    else { return }
    for row in 0..<count { target[row] = T(truncatingIfNeeded: source[row]) }
  }
}

private struct LookUpLoop: Typed {
  let instruction: Instruction, start: Int, count: Int

  @inline(__always)
  func run<T: Loops.Number>(_ type: T.Type) {
    guard let target = instruction.result.pointer(start)?.of(type), let entries = instruction.table,
      let codes = instruction.a.pointer(start)?.of(Int32.self)
    else { return }
    let values = entries.assumingMemoryBound(to: Int64.self), size = Int32(instruction.count)
    for row in 0..<count {
      let code = codes[row]
      target[row] = T(truncatingIfNeeded: code >= 0 && code < size ? values[Int(code)] : Int64(instruction.detail))
    }
  }
}

/// The cells of a column for rows that do not follow each other; the filler of the column where there is no such row.
private struct LoadLoop: Typed {
  let instruction: Instruction, rows: UnsafePointer<Int32>?, start: Int, count: Int

  @inline(__always)
  func run<T: Loops.Number>(_ type: T.Type) {
    guard let target = instruction.result.pointer(start)?.of(type), let cells = instruction.table else { return }
    let values = cells.assumingMemoryBound(to: T.self), size = Int32(instruction.count)
    let filler = T(truncatingIfNeeded: instruction.detail)
    if let numbers = instruction.a.pointer(start)?.of(Int32.self) {
      for row in 0..<count {
        let number = numbers[row]
        target[row] = number >= 0 && number < size ? values[Int(number)] : filler
      }
    } else if let rows {
      for row in 0..<count { target[row] = values[Int(rows[row])] }
    } else {
      target.update(from: values + start, count: count)
    }
  }
}

// MARK: - All instructions

extension Instruction {
  fileprivate func run(_ start: Int, _ count: Int, _ rows: UnsafePointer<Int32>?) {
    switch code {
    case .add: binary(Loops.Add.self, start, count)
    case .subtract: binary(Loops.Subtract.self, start, count)
    case .multiply: binary(Loops.Multiply.self, start, count)
    case .minimum: binary(Loops.Minimum.self, start, count)
    case .maximum: binary(Loops.Maximum.self, start, count)
    case .less: relation(Loops.Less.self, start, count)
    case .lessOrEqual: relation(Loops.LessOrEqual.self, start, count)
    case .equal: relation(Loops.Equal.self, start, count)
    case .select: Self.with(width, SelectLoop(instruction: self, start: start, count: count))
    case .divide: Self.with(width, DivisionLoop(instruction: self, start: start, count: count))
    case .lookUp: Self.with(resultWidth, LookUpLoop(instruction: self, start: start, count: count))
    case .load: Self.with(resultWidth, LoadLoop(instruction: self, rows: rows, start: start, count: count))
    case .convert: convert(start, count)
    case .or, .map, .byteEquals: bytes(start, count)
    case .ownRow, .state, .truth: cells(start, count, rows)
    case .datePart, .addMonths, .monthsBetween, .nest: break
    }
  }

  private func binary<Kernel: Loops.Binary>(_ kernel: Kernel.Type, _ start: Int, _ count: Int) {
    Self.with(width, BinaryLoop<Kernel>(instruction: self, start: start, count: count))
  }

  private func relation<Kernel: Loops.Relation>(_ kernel: Kernel.Type, _ start: Int, _ count: Int) {
    Self.with(width, RelationLoop<Kernel>(instruction: self, start: start, count: count))
  }

  private func convert(_ start: Int, _ count: Int) {
    switch width {
    case .one: Self.with(resultWidth, ConversionLoop<Int8>(instruction: self, start: start, count: count))
    case .two: Self.with(resultWidth, ConversionLoop<Int16>(instruction: self, start: start, count: count))
    case .four: Self.with(resultWidth, ConversionLoop<Int32>(instruction: self, start: start, count: count))
    case .eight: Self.with(resultWidth, ConversionLoop<Int64>(instruction: self, start: start, count: count))
    case .sixteen: Self.with(resultWidth, ConversionLoop<Int128>(instruction: self, start: start, count: count))
    }
  }

  private func bytes(_ start: Int, _ count: Int) {
    guard let target = result.pointer(start)?.of(UInt8.self), let a = a.pointer(start)?.of(UInt8.self) else { return }
    switch code {
    case .or:
      guard let b = b.pointer(start)?.of(UInt8.self) else { return }
      for row in 0..<count { target[row] = a[row] | b[row] }
    case .byteEquals:
      let value = UInt8(truncatingIfNeeded: detail)
      for row in 0..<count { target[row] = a[row] == value ? 2 : 0 }
    default: map(a, into: target, count)
    }
  }

  /// By the two bits of the value: no branch, so that many rows go at once.
  private func map(_ source: UnsafeMutablePointer<UInt8>, into target: UnsafeMutablePointer<UInt8>, _ count: Int) {
    let entries = UInt32(truncatingIfNeeded: detail)
    let (a, b) = (UInt8(truncatingIfNeeded: entries), UInt8(truncatingIfNeeded: entries >> 8))
    let (c, d) = (UInt8(truncatingIfNeeded: entries >> 16), UInt8(truncatingIfNeeded: entries >> 24))
    if b == c, c == d {
      for row in 0..<count { target[row] = source[row] == 0 ? a : b }
    } else if a == c, c == d {
      for row in 0..<count { target[row] = source[row] == 1 ? b : a }
    } else if a == b, c == d {
      for row in 0..<count { target[row] = source[row] < 2 ? a : c }
    } else {
      for row in 0..<count {
        let isOdd = 0 &- (source[row] & 1), isHigh = 0 &- (source[row] >> 1 & 1)
        let low = a ^ ((a ^ b) & isOdd), high = c ^ ((c ^ d) & isOdd)
        target[row] = low ^ ((low ^ high) & isHigh)
      }
    }
  }

  private func cells(_ start: Int, _ count: Int, _ rows: UnsafePointer<Int32>?) {
    if code == .ownRow {
      guard let target = result.pointer(start)?.of(Int32.self) else { return }
      for row in 0..<count { target[row] = rows.map { $0[row] } ?? Int32(truncatingIfNeeded: start + row) }
      return
    }
    guard let target = result.pointer(start)?.of(UInt8.self) else { return }
    let numbers = a.pointer(start)?.of(Int32.self)
    let states = states?.assumingMemoryBound(to: UInt8.self), values = table?.assumingMemoryBound(to: Int8.self)
    let isState = code == .state, cells = self.count, meanings = detail
    @inline(__always)
    func each(_ number: (Int) -> Int) {
      for row in 0..<count {
        let number = number(row)
        let isThere = number >= 0 && number < cells
        if isState {
          let state = isThere ? states.map { $0[number] } ?? 0 : 0
          target[row] = UInt8(truncatingIfNeeded: meanings >> (Int(state & 3) &* 8))
        } else {
          let isGiven = isThere && (states.map { $0[number] } ?? 0) == 0
          target[row] = isGiven ? (values.map { $0[number] } ?? 0) == 0 ? 0 : 2 : 1
        }
      }
    }
    if let numbers {
      each { Int(numbers[$0]) }
    } else if let rows {
      each { Int(rows[$0]) }
    } else {
      each { start + $0 }
    }
  }
}

/// Does what an instruction says for a block of rows; not those of dates and of nests, which are the machine's.
/// - Parameters:
///   - start: the row that the block begins with, of the rows that follow each other.
///   - rows: the numbers of rows that do not.
package func run(_ instruction: Instruction, from start: Int, count: Int, rows: UnsafePointer<Int32>?) {
  instruction.run(start, count, rows)
}
