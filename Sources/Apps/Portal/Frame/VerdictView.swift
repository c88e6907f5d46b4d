import Diagnostics
import Policy

extension Verdict {
  /// The order in which pages list them.
  static let shown: [Verdict] = [.met, .review, .undetermined, .unmet, .notApplicable]

  /// Word and mark, never colour alone.
  func view(_ words: Words) -> View {
    [
      "class": rawValue, "word": Catalogue.shared.text("verdict.\(rawValue)", in: words.language),
      "mark": Catalogue.shared.text("verdict.\(rawValue).mark", in: words.language),
      "meaning": words("verdict.\(rawValue)"),
    ]
  }
}
