import Conformance
import Testing

@Test("the kit's three words for the outcome of a case")
func outcomeWords() {
  #expect(CaseResult.Outcome.allCases.map(\.rawValue) == ["SUCCESS", "ERROR", "IGNORED"])
}
