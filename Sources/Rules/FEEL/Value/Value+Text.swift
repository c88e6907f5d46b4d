extension Value: CustomStringConvertible {
  /// The name of the kind of value, as FEEL writes types.
  public var typeName: String {
    switch self {
    case .null: "Null"
    case .boolean: "boolean"
    case .number: "number"
    case .string: "string"
    case .date: "date"
    case .time: "time"
    case .dateTime: "date and time"
    case .daysDuration: "days and time duration"
    case .monthsDuration: "years and months duration"
    case .list: "list"
    case .context: "context"
    case .range: "range"
    case .function: "function"
    }
  }

  public var description: String { feelDescription }

  /// What `string()` gives (DMN 1.5 §10.3.4.1); `null` for null. Text stands bare at the top and quoted inside. A list or
  /// context whose text goes on beyond a million bytes is cut there, with `…` at its end.
  public var feelDescription: String {
    if case .string(let text) = self { return text }
    return cut(at: 1_000_000)
  }

  /// ``feelDescription``, or nil when that is longer than `limit` bytes of UTF-8. Takes no more time or memory than the limit.
  func feelDescription(within limit: Int) -> String? {
    if case .string(let text) = self { return text.utf8.count <= limit ? text : nil }
    var writer = TextWriter(limit: limit)
    writer.write(self, depth: Value.maximumDepth)
    return writer.isFull ? nil : writer.text
  }

  /// For messages: text quoted, and no more than `limit` characters, the last of them `…` where something is left out.
  package func summary(within limit: Int) -> String {
    // No character that a value's text brings along takes more than this but in text made to be long.
    let text = cut(at: limit * 16)
    return text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }

  private func cut(at limit: Int) -> String {
    var writer = TextWriter(limit: limit)
    writer.write(self, depth: Value.maximumDepth)
    return writer.isFull ? writer.text + "…" : writer.text
  }
}

/// Writes values as FEEL does until there is no more room; what comes after is not looked at.
private struct TextWriter {
  /// In bytes of UTF-8.
  let limit: Int
  private(set) var text = ""
  private(set) var isFull = false

  init(limit: Int) { self.limit = limit }

  mutating func write(_ value: Value, depth: Int) {
    guard !isFull else { return }
    switch value {
    case .null: append("null")
    case .boolean(let value): append(value ? "true" : "false")
    case .number(let value): append(value.description)
    case .string(let text): append(text.feelQuoted)
    case .date(let value): append(value.description)
    case .time(let value): append(value.description)
    case .dateTime(let value): append(value.description)
    case .daysDuration(let value): append(value.description)
    case .monthsDuration(let value): append(value.description)
    case .function(let function): append("function(\(function.parameters.map(\.name).joined(separator: ", ")))")
    case _ where depth <= 0: append("…")
    case .list(let items):
      append("[")
      writeAll(items) { $0.write($1, depth: depth - 1) }
      append("]")
    case .context(let context):
      append("{")
      writeAll(context.entries) {
        $0.append("\($1.name.feelKey): ")
        $0.write($1.value, depth: depth - 1)
      }
      append("}")
    case .range(let range): write(range, depth: depth - 1)
    }
  }

  private mutating func write(_ range: RangeValue, depth: Int) {
    switch (range.start, range.end) {
    case (let start?, let end?):
      append(range.startIncluded ? "[" : "(")
      write(start, depth: depth)
      append("..")
      write(end, depth: depth)
      append(range.endIncluded ? "]" : ")")
    case (let start?, nil):
      append(range.startIncluded ? "(>=" : "(>")
      write(start, depth: depth)
      append(")")
    case (nil, let end?):
      append(range.endIncluded ? "(<=" : "(<")
      write(end, depth: depth)
      append(")")
    case (nil, nil): append("(null..null)")
    }
  }

  private mutating func writeAll<Item>(_ items: some Sequence<Item>, _ write: (inout TextWriter, Item) -> Void) {
    var isFirst = true
    for item in items {
      guard !isFull else { return }
      if !isFirst { append(", ") }
      isFirst = false
      write(&self, item)
    }
  }

  private mutating func append(_ part: String) {
    guard !isFull else { return }
    guard text.utf8.count + part.utf8.count <= limit else {
      text += part.prefix(limit - text.utf8.count)
      isFull = true
      return
    }
    text += part
  }
}

extension String {
  /// As a string literal of FEEL.
  var feelQuoted: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// As the key of a context: bare when it reads as a name, else quoted.
  fileprivate var feelKey: String {
    let isPlain =
      !isEmpty
      && unicodeScalars.allSatisfy { scalar in
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_" || scalar == " "
          || scalar.value > 0xFFFF
      }
    let beginsWell = unicodeScalars.first.map { $0.properties.numericType == nil && $0 != " " } ?? false
    return isPlain && beginsWell && unicodeScalars.last != " " ? self : feelQuoted
  }
}
