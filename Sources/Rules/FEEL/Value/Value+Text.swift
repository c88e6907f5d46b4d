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

  /// What `string()` gives (DMN 1.5 §10.3.4.1); `null` for null. Text stands bare at the top and quoted inside.
  public var feelDescription: String {
    if case .string(let text) = self { return text }
    return description(depth: Value.maximumDepth)
  }

  fileprivate func description(depth: Int) -> String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number(let value): value.description
    case .string(let text): text.feelQuoted
    case .date(let value): value.description
    case .time(let value): value.description
    case .dateTime(let value): value.description
    case .daysDuration(let value): value.description
    case .monthsDuration(let value): value.description
    case .function(let function): "function(\(function.parameters.map(\.name).joined(separator: ", ")))"
    case _ where depth <= 0: "…"
    case .list(let items): "[\(items.map { $0.description(depth: depth - 1) }.joined(separator: ", "))]"
    case .context(let context):
      "{\(context.entries.map { "\($0.name.feelKey): \($0.value.description(depth: depth - 1))" }.joined(separator: ", "))}"
    case .range(let range): range.description(depth: depth - 1)
    }
  }
}

extension RangeValue {
  fileprivate func description(depth: Int) -> String {
    switch (start, end) {
    case (let start?, let end?):
      "\(startIncluded ? "[" : "(")\(start.description(depth: depth))..\(end.description(depth: depth))\(endIncluded ? "]" : ")")"
    case (let start?, nil): "(\(startIncluded ? ">=" : ">")\(start.description(depth: depth)))"
    case (nil, let end?): "(\(endIncluded ? "<=" : "<")\(end.description(depth: depth)))"
    case (nil, nil): "(null..null)"
    }
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
