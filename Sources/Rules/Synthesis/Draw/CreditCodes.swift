import Policy

/// Makes 统一社会信用代码 (GB 32100-2015): 91, six digits of region, nine of organisation code, a check character.
struct CreditCodes: Sendable {
  static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")

  /// Organisation numbers that are taken, by prefix, in order.
  private var taken: [String: [Int]] = [:]

  /// - Parameter codes: complete codes that must not be made again.
  init(avoiding codes: some Sequence<String>, prefixes: some Sequence<String>) {
    let bodies = codes.filter { $0.count == 18 }.map { String($0.dropFirst(8).prefix(8)) }
    for prefix in Set(prefixes) {
      let numbers = bodies.filter { $0.hasPrefix(prefix) }.compactMap { CreditCodes.number($0.dropFirst(prefix.count)) }
      taken[prefix] = numbers.sorted()
    }
  }

  /// The code of the row with that number; nil when the prefix leaves too little room, or the region is not six digits.
  func code(number: Int, region: String, prefix: String) -> String? {
    var number = number
    for other in taken[prefix] ?? [] where other <= number { number += 1 }
    guard let serial = CreditCodes.text(number, width: 8 - prefix.count),
      let organisation = CreditCodes.withCheckCharacter(prefix + serial)
    else { return nil }
    let body = "91" + region + organisation
    return UnifiedSocialCreditCode.checkCharacter(of: body).map { body + String($0) }
  }

  /// An organisation code with its own check character (GB 11714): weights 3 7 9 10 5 8 4 2, modulo 11.
  static func withCheckCharacter(_ body: String) -> String? {
    var sum = 0
    for (character, weight) in zip(body, [3, 7, 9, 10, 5, 8, 4, 2]) {
      guard let value = Int(String(character), radix: 36) else { return nil }
      sum += value * weight
    }
    let check = 11 - sum % 11
    return body + (check == 10 ? "X" : check == 11 ? "0" : String(check))
  }

  private static func text(_ number: Int, width: Int) -> String? {
    var rest = number
    var text = ""
    for _ in 0..<width {
      text.append(alphabet[rest % alphabet.count])
      rest /= alphabet.count
    }
    return rest == 0 ? String(text.reversed()) : nil
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
