import Policy
import Testing

@Suite("统一社会信用代码")
struct UnifiedSocialCreditCodeTests {
  @Test("the check character follows GB 32100")
  func checkCharacter() {
    #expect(UnifiedSocialCreditCode.checkCharacter(of: "91350100M000100Y4") == "3")
    #expect(UnifiedSocialCreditCode.isValid("91350100M000100Y43"))
  }

  @Test(
    "a code with a wrong length, a wrong sign or a wrong check character is refused",
    arguments: [
      "", "91350100M000100Y4", "91350100M000100Y44", "91350100M000100I43", "91350100m000100Y43", "九1350100M000100Y43",
    ])
  func refused(code: String) { #expect(!UnifiedSocialCreditCode.isValid(code)) }

  @Test(
    "the only code that may have been meant is found",
    arguments: [
      ("91350100m000100y43", "91350100M000100Y43"), ("９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43"),
      ("9135 0100 M000 100Y 43", "91350100M000100Y43"), ("9135OlOOMOOO100Y43", nil),
      ("9135OiOOMOOO100V43", "91350100M000100Y43"), ("9135O1OOM000100Y44", nil),
      ("91350100MO00100Y43", "91350100M000100Y43"), ("9I350100M000100Y43", "91350100M000100Y43"),
      ("9135O1OOMOOO1OOY43", "91350100M000100Y43"), ("91350100M000100Y44", nil), ("91350100M000100Y4", nil), ("甲", nil),
      ("", nil),
    ] as [(String, String?)])
  func correction(written: String, meant: String?) {
    #expect(UnifiedSocialCreditCode.correction(of: written) == meant)
  }
}
