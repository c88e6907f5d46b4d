/// Makes 统一社会信用代码 (GB 32100-2015): 91, six digits of region, nine of organisation code, a check character.
struct CreditCodes: Sendable {
  static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")

  private struct Form: BitwiseCopyable, Sendable {
    /// The prefix' characters, the first in the lowest byte.
    var prefix: UInt64
    var length: Int
    /// One more than the largest number.
    var room: Int
    /// Organisation numbers that are taken, in order: a run of ``taken``.
    var first: Int
    var count: Int
  }

  private let forms: Memory<Form>
  private let taken: Memory<Int>
  private let letters = Memory(CreditCodes.alphabet.compactMap(\.asciiValue))
  /// What each letter counts in an organisation code (GB 11714) and in a complete one.
  private let organisationValues: Memory<Int>
  private let values: Memory<Int>
  private let weights = Memory([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
  private let organisationWeights = Memory([3, 7, 9, 10, 5, 8, 4, 2])

  static let length = 18

  /// - Parameters:
  ///   - codes: complete codes that must not be made again.
  ///   - prefixes: one to seven characters of the alphabet, one for each kind of code.
  init(avoiding codes: some Sequence<String>, prefixes: [String]) {
    let bodies = codes.filter { $0.count == CreditCodes.length }.map { String($0.dropFirst(8).prefix(8)) }
    var runs: [Int] = []
    var forms: [Form] = []
    for prefix in prefixes {
      let numbers = bodies.filter { $0.hasPrefix(prefix) }.compactMap { CreditCodes.number($0.dropFirst(prefix.count)) }
      let room = (prefix.utf8.count..<8).reduce(1) { room, _ in room * CreditCodes.alphabet.count }
      let packed = prefix.utf8.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      forms.append(
        Form(prefix: packed, length: prefix.utf8.count, room: room, first: runs.count, count: numbers.count))
      runs += numbers.sorted()
    }
    self.forms = Memory(forms)
    taken = Memory(runs)
    var values = Array(repeating: 0, count: 128), own = values
    for (place, letter) in CreditCodes.alphabet.enumerated() {
      let byte = Int(letter.asciiValue ?? 0)
      values[byte] = place
      own[byte] = Int(String(letter), radix: 36) ?? 0
    }
    self.values = Memory(values)
    organisationValues = Memory(own)
  }

  /// Whether there is room for that row's code.
  @inline(__always)
  func hasRoom(for number: Int, form: Int) -> Bool { free(number, forms.base[form]) < forms.base[form].room }

  /// Writes the code of the row with that number: eighteen bytes.
  func write(number: Int, region: Int, form: Int, to start: UnsafeMutablePointer<UInt8>) {
    let form = forms.base[form]
    start[0] = UInt8(ascii: "9")
    start[1] = UInt8(ascii: "1")
    var rest = region
    for place in stride(from: 7, through: 2, by: -1) {
      start[place] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
      rest /= 10
    }
    for place in 0..<form.length { start[8 + place] = UInt8(truncatingIfNeeded: form.prefix >> UInt64(8 * place)) }
    rest = free(number, form)
    for place in stride(from: 15, to: 7 + form.length, by: -1) {
      start[place] = letters.base[rest % letters.count]
      rest /= letters.count
    }
    start[16] = organisationCheck(start + 8)
    var sum = 0
    for place in 0..<17 { sum += values.base[Int(start[place] & 0x7F)] * weights.base[place] }
    start[17] = letters.base[(31 - sum % 31) % 31]
  }

  /// GB 11714: weights 3 7 9 10 5 8 4 2, modulo 11.
  @inline(__always)
  private func organisationCheck(_ start: UnsafeMutablePointer<UInt8>) -> UInt8 {
    var sum = 0
    for place in 0..<8 { sum += organisationValues.base[Int(start[place] & 0x7F)] * organisationWeights.base[place] }
    let check = 11 - sum % 11
    return check == 10 ? UInt8(ascii: "X") : check == 11 ? UInt8(ascii: "0") : UInt8(check) + 0x30
  }

  @inline(__always)
  private func free(_ number: Int, _ form: Form) -> Int {
    var number = number
    for place in 0..<form.count where taken.base[form.first + place] <= number { number += 1 }
    return number
  }

  private static func number(_ text: Substring) -> Int? {
    var number = 0
    for character in text {
      guard let digit = alphabet.firstIndex(of: character) else { return nil }
      number = number * alphabet.count + digit
    }
    return number
  }
}
