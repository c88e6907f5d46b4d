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
}
