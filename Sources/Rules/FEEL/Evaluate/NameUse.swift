public import Diagnostics

/// A name of the host that an expression reads, with the path that follows: `企业.名称` reads 企业 and then 名称.
public struct NameUse: Hashable, Sendable {
  public var name: String
  /// Entries read one after the other from the value of the name; filters between them are passed over.
  public var path: [String]
  /// Offsets of Unicode scalars in the source text, of the name alone.
  public var span: Range<Int>
  /// False when neither the host nor the built-ins know the name: a mistake, or an entry of a filtered list.
  public var isKnown: Bool
  /// Inside a filter the name may instead be an entry of the element.
  public var isInFilter: Bool
  /// The name is called: `贴息额(笔)`.
  public var isCalled = false
}

extension NameUse {
  /// What to tell the author of an unknown name: a full-width mark in it that looks like an operator, or a near name.
  /// - Parameters:
  ///   - source: the text of the expression, which begins at `place`.
  ///   - candidates: names to suggest.
  public func unknownName(
    in source: String, at place: SourcePlace, among candidates: some Sequence<String>
  ) -> Diagnostic {
    let advice = Self.advice(on: name, among: candidates)
    let place = place.advanced(by: span.lowerBound, in: source)
    return Diagnostic(advice.code, .warning, at: place, advice.arguments)
  }

  static func advice(
    on name: String, among candidates: some Sequence<String>
  ) -> (code: String, arguments: [String: String]) {
    if let mark = FullWidthMarks.first(in: name) {
      return ("feel.evaluate.unknownName.mark", ["name": name, "mark": mark.mark, "half": mark.halfWidth])
    }
    if let near = nearWord(to: name, among: candidates) {
      return ("feel.evaluate.unknownName.near", ["name": name, "near": near])
    }
    return ("feel.evaluate.unknownName", ["name": name])
  }
}
