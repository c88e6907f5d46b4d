/// Every built-in function of DMN 1.5 §10.3.4.
public enum Builtins {
  public static let all: [Builtin] =
    ConversionBuiltins.rows + BooleanBuiltins.rows + StringBuiltins.rows + NumberBuiltins.rows + ListBuiltins.rows
    + AggregateBuiltins.rows + TemporalBuiltins.rows + RangeBuiltins.rows + ContextBuiltins.rows

  private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  public static let names = Set(byName.keys)

  public static func named(_ name: String) -> Builtin? { byName[name] }
}
