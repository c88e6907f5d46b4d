public import FEEL

extension ValueType {
  /// A value as a reader sees it, in the base unit: `87000 元`, `20 %` stays `0.2`. Null is `—`.
  public func text(of value: Value) -> String {
    switch value {
    case .null: "—"
    case .number(let number): number.description
    case .string(let text): text
    case .boolean(let flag): Keywords.shared.word(flag ? "yes" : "no", as: .word)
    case .context(let context): (context.record as? FactRecord)?.reference.display ?? value.feelDescription
    case .list(let items): ValueType.text(of: items)
    default: value.feelDescription
    }
  }

  /// At most eight items are spelled out.
  private static func text(of items: [Value]) -> String {
    let shown = items.prefix(8).map { ValueType(.text).text(of: $0) }.joined(separator: ", ")
    return items.count > 8 ? "[\(shown), … \(items.count)]" : "[\(shown)]"
  }
}
