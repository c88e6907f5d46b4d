import CProcessor
import Instructions
import Kernels
import KernelsAVX512
import TestKit
import Testing

@testable import Population

/// The loops for newer processors do what the portable ones do.
@Suite(
  "Loops made twice",
  .enabled(if: processor_has_avx512(), "this processor has no AVX-512: only the portable loops run here"))
struct ProcessorTests {
  private static let codes: [Instruction.Code] = [
    .add, .subtract, .multiply, .minimum, .maximum, .select, .divide, .less, .lessOrEqual, .equal, .convert, .or, .map,
    .byteEquals,
  ]
  private static let widths: [Width] = [.one, .two, .four, .eight, .sixteen]
  private static let rows = 203

  @Test("give the same", arguments: codes)
  func agree(code: Instruction.Code) {
    var random = SeededRandom(seed: UInt64(code.rawValue) + 1)
    var isSeen = false
    // Quotients are taken in four bytes and more, where the least number is not divided by -1.
    for width in Self.widths where code != .divide || width >= .four {
      for round in 0..<24 {
        let a = bytes(&random, code == .select || code.isOfBytes), b = bytes(&random, code.isOfBytes),
          c = bytes(&random, false)
        var instruction = Instruction(
          code: code, width: code.isOfBytes ? .one : width,
          resultWidth: code == .convert ? Self.widths[round % 5] : width)
        instruction.a = source(a)
        // Constants in the places that take them.
        let mayBeConstant = width < .sixteen && !code.isOfBytes && code != .convert
        let constant = Int.random(in: code == .divide ? 1...90 : -90...90, using: &random)
        instruction.b = mayBeConstant && round % 2 == 1 ? Instruction.Source(base: nil, step: constant) : source(b)
        instruction.c = mayBeConstant && round % 4 > 1 ? Instruction.Source(base: nil, step: 7) : source(c)
        instruction.detail = code == .divide ? round % 7 : code == .map ? 0x02_01_00_02 : 2
        let portable = Memory<UInt8>(repeating: 0, count: Self.rows * 16),
          newer = Memory<UInt8>(repeating: 0, count: Self.rows * 16)
        instruction.result = source(portable)
        Kernels.run(instruction, from: 0, count: Self.rows, rows: nil)
        instruction.result = source(newer)
        KernelsAVX512.run(instruction, from: 0, count: Self.rows, rows: nil)
        let isEqual = (0..<portable.count).allSatisfy { portable.base[$0] == newer.base[$0] }
        #expect(isEqual, "\(code) of \(width), round \(round)")
        isSeen = isSeen || (0..<portable.count).contains { portable.base[$0] != 0 }
      }
    }
    #expect(isSeen)
  }

  private func source(_ memory: Memory<UInt8>) -> Instruction.Source {
    Instruction.Source(base: UnsafeMutableRawPointer(memory.base), step: 0)
  }

  /// - Parameter areTruths: bytes of 0, 1 and 2; otherwise any.
  private func bytes(_ random: inout SeededRandom, _ areTruths: Bool) -> Memory<UInt8> {
    let memory = Memory<UInt8>(repeating: 0, count: Self.rows * 16)
    for index in 0..<memory.count { memory.base[index] = UInt8.random(in: 0...(areTruths ? 2 : 255), using: &random) }
    return memory
  }
}

extension Instruction.Code {
  fileprivate var isOfBytes: Bool { self == .or || self == .map || self == .byteEquals }
}
