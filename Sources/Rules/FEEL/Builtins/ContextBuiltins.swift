/// Functions on contexts (DMN 1.5 §10.3.4.10).
enum ContextBuiltins {
  static let rows: [Builtin] = [
    Builtin(
      "get value", [.one("m", .anyContext), .one("key", .string)], .told(.any, by: entryType), moves: true
    ) { arguments, _ in
      arguments.context(0)[arguments.text(1)] ?? .null()
    },
    Builtin(
      "get entries", [.one("m", .anyContext)],
      .told(.list(.anyContext)) { _ in .list(.context(["key": .string, "value": .any])) }, moves: true
    ) { arguments, _ in
      .list(
        arguments.context(0).entries.map { entry in
          .context(Context([("key", .string(entry.name)), ("value", entry.value)]))
        })
    },
    Builtin("context", [.one("entries", .list(.anyContext))], .anyContext, moves: true) { arguments, _ in
      context(entries: arguments.list(0)).map { .context($0) }
    },
    Builtin(
      "context put",
      anyOf: [
        .init([.one("context", .anyContext), .one("key", .string), .one("value", .any)]),
        .init([.one("context", .anyContext), .one("keys", .list(.string)), .one("value", .any)]),
      ], .told(.anyContext, by: changedType), moves: true
    ) { arguments, _ in
      var keys = arguments.list(1)
      if case .string = arguments[1] { keys = [arguments[1]] }
      return put(arguments[2], at: keys[...], in: arguments.context(0)).map { .context($0) }
    },
    Builtin("context merge", [.one("contexts", .list(.anyContext))], .anyContext, moves: true) { arguments, _ in
      merged(arguments.list(0)).map { .context($0) }
    },
  ]

  /// The type of the entry whose key is written out. A context may hold more than its type says.
  @Sendable private static func entryType(_ arguments: TypedArguments) -> FEELType {
    arguments.text(1).flatMap { arguments.type(0).entry($0) } ?? .any
  }

  /// The context's type with the new entry, where the key is written out.
  @Sendable private static func changedType(_ arguments: TypedArguments) -> FEELType {
    let keys: [Value]
    switch arguments.literal(1) {
    case .list(let path)?: keys = path
    case let key?: keys = [key]
    case nil: return .anyContext
    }
    return changed(arguments.type(0), at: keys.prefix(Value.maximumDepth)[...], to: arguments.type(2))
  }

  private static func changed(_ context: FEELType, at keys: ArraySlice<Value>, to type: FEELType) -> FEELType {
    guard case .context(var entries) = context, case .string(let key)? = keys.first else { return .anyContext }
    let rest = keys.dropFirst()
    entries[key] = rest.isEmpty ? type : changed(entries[key] ?? .any, at: rest, to: type)
    return .context(entries)
  }

  /// nil when an item lacks its key or value, or a key stands twice.
  private static func context(entries: [Value]) -> Context? {
    var names: [(String, Value)] = []
    var seen: Set<String> = []
    for case .context(let entry) in entries {
      guard case .string(let key)? = entry["key"], let value = entry["value"], seen.insert(key).inserted else {
        return nil
      }
      names.append((key, value))
    }
    return names.count == entries.count ? Context(names) : nil
  }

  /// nil when a key is no string, or when the path leads into something that is no context.
  private static func put(_ value: Value, at keys: ArraySlice<Value>, in context: Context) -> Context? {
    guard keys.count <= Value.maximumDepth, case .string(let key)? = keys.first else { return nil }
    var context = context
    if keys.count == 1 {
      context[key] = value
      return context
    }
    guard case .context(let inner)? = context[key], let changed = put(value, at: keys.dropFirst(), in: inner) else {
      return nil
    }
    context[key] = .context(changed)
    return context
  }

  private static func merged(_ contexts: [Value]) -> Context? {
    var entries: [(String, Value)] = []
    for value in contexts {
      guard case .context(let context) = value else { return nil }
      entries += context.entries.map { ($0.name, $0.value) }
    }
    return Context(entries)
  }
}
