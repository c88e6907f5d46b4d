internal import Dispatch
import Instructions

/// A program over all rows of its table, block by block, on several threads.
struct ProgramRun {
  let program: Program
  let population: Population
  var inputs = Machine.Inputs()
  /// The rows of the program's table.
  let count: Int
  let threads: Int
  /// For the outputs whose values may be null, by number, the output that says where: a value that is null may lack room.
  var nulls: [Int: Int] = [:]
  /// Told of every block; when it is cancelled the blocks that are left stay as they are.
  var progress: WorkProgress?

  /// Works outputs out for every row.
  /// - Parameters:
  ///   - numbers: of the outputs wanted.
  ///   - memory: where the values of the call before lay.
  /// - Returns: their values by number, and the rows, in order, of which only the interpreter has the exact result: those of doubt,
  ///   and those in which a value has no room in 64 bits.
  func cells(
    of numbers: some Collection<Int>, in memory: ResultMemory? = nil
  ) -> (cells: [Int: Cells], doubtful: [Int]) {
    let results = room(for: numbers, in: memory?.taken() ?? [])
    memory?.keep(results.values)
    let blocks = (count + Machine.rows - 1) / Machine.rows
    let workers = max(1, min(threads, blocks))
    let wide = Set(results.keys.filter { program.outputs[$0].width == .sixteen })
    let mayDoubt = !program.doubts.isEmpty || !wide.isEmpty
    let doubts = Memory<UInt8>(repeating: 0, count: mayDoubt ? count : 0)
    progress?.expect(count)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      let direct = results.filter { !wide.contains($0.key) }
      let machine = Machine(program, over: population, inputs, into: direct.mapValues(\.memory))
      let copies = results.filter { !machine.writes($0.key) }.map { ($0.key, $0.value.memory) }
      for block in blocks * worker / workers..<blocks * (worker + 1) / workers {
        let start = block * Machine.rows
        let rows = Machine.Rows(start: start, count: min(Machine.rows, count - start), numbers: nil)
        if progress?.isCancelled == true { return }
        machine.run(rows)
        progress?.note(rows.count)
        for (number, memory) in copies {
          machine.copy(program.outputs[number], of: rows, into: memory) { row in
            let isNull = nulls[number].map { machine.number(program.outputs[$0], row, from: start) != 0 } ?? false
            if !isNull { doubts.base[start + row] = 1 }
          }
        }
        machine.markDoubts(of: rows, in: doubts.base)
      }
    }
    return (results, mayDoubt ? (0..<count).filter { doubts.base[$0] != 0 } : [])
  }

  private func room(for numbers: some Collection<Int>, in memory: [Cells]) -> [Int: Cells] {
    var free = Dictionary(grouping: memory.filter { $0.count == count }, by: \.width)
    var results: [Int: Cells] = [:]
    for number in numbers where results[number] == nil {
      let width = CellWidth(rawValue: UInt8(program.outputs[number].width.rawValue)) ?? .eight
      results[number] = free[width]?.popLast() ?? Cells(width: width, count: count) { _ in }
    }
    return results
  }
}

extension Cells {
  /// For those that fill them before anybody else sees them.
  fileprivate var memory: UnsafeMutableRawPointer { UnsafeMutableRawPointer(mutating: base) }
}
