/// 统一社会信用代码: 18 characters, the last a check character (GB 32100-2015).
public enum UnifiedSocialCreditCode {
  static let length = 18
  static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
  private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

  /// nil when the code is well formed.
  static func problem(in code: String) -> (code: String, arguments: [String: String])? {
    let characters = Array(code)
    guard characters.count == length else { return ("policy.facts.uscc.length", ["count": String(characters.count)]) }
    if let wrong = characters.first(where: { !alphabet.contains($0) }) {
      return ("policy.facts.uscc.character", ["character": String(wrong)])
    }
    guard let check = checkCharacter(of: characters.prefix(17)), check != characters[17] else { return nil }
    return ("policy.facts.uscc.check", ["check": String(check)])
  }

  public static func isValid(_ code: String) -> Bool { problem(in: code) == nil }

  /// The check character of the first 17; nil when there are not 17 of the alphabet.
  public static func checkCharacter(of body: some Collection<Character>) -> Character? {
    guard body.count == 17 else { return nil }
    var sum = 0
    for (character, weight) in zip(body, weights) {
      guard let digit = alphabet.firstIndex(of: character) else { return nil }
      sum += digit * weight
    }
    return alphabet[(31 - sum % 31) % 31]
  }
}
