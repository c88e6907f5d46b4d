public import Diagnostics
public import Policy

/// How a sheet may be read, found by itself.
public struct Proposal: Sendable {
  public var shape: TableShape
  public let type: RecordType
  /// What must be confirmed or mended, and what is worth knowing.
  public let diagnostics: [Diagnostic]

  /// Whether the rows can be read without asking anybody.
  public var isReady: Bool { open.isEmpty }
}

extension TableShape {
  /// Finds how a source holds records.
  /// - Parameters:
  ///   - sheet: the one to read; nil for the visible one that fits best.
  ///   - type: what the records are; nil for the type that fits best.
  ///   - synonyms: words that were confirmed before.
  /// - Throws: `tabulation.header.missing`, `tabulation.record.…`, `tabulation.sheets.hidden`, and what is wrong with
  ///   the file.
  public static func propose(
    for source: TableSource, sheet: String? = nil, type: RecordType? = nil, in dictionary: DataDictionary,
    synonyms: TableSynonyms = TableSynonyms()
  ) throws(Diagnostic) -> Proposal {
    let types = type.map { [$0] } ?? dictionary.types
    let choice = try SheetChoice(source, sheet: sheet, types: types, in: dictionary, synonyms: synonyms)
    let best = try choice.best()
    var maker = ProposalMaker(source, best, others: choice.others(than: best))
    return maker.proposal()
  }
}
