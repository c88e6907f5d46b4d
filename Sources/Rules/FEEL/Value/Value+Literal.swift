extension Value {
  /// A FEEL text that gives this value: text quoted, temporal values as `@"…"`. nil where none can be written: functions,
  /// ranges, records of the host.
  public var feelLiteral: String? {
    switch self {
    case .null, .boolean, .number: return feelDescription
    case .string(let text): return text.feelQuoted
    case .date, .time, .dateTime, .daysDuration, .monthsDuration: return "@\(feelDescription.feelQuoted)"
    case .list(let items):
      let texts = items.map(\.feelLiteral)
      return texts.contains(nil) ? nil : "[\(texts.compactMap { $0 }.joined(separator: ", "))]"
    case .context, .range, .function: return nil
    }
  }
}
