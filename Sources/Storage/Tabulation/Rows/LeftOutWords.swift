public import Diagnostics

extension TableReport.Reason {
  /// Why a row is left out, for readers.
  public func words(in language: Language) -> String {
    Catalogue.shared.text("tabulation.left.\(rawValue)", in: language)
  }
}

extension TableShape.Ignored {
  /// Why a column is left out, for readers.
  public func words(in language: Language) -> String {
    Catalogue.shared.text("tabulation.left.\(rawValue)", in: language)
  }
}
