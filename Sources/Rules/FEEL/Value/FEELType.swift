/// A type of FEEL (DMN 1.5 §10.3.2.9): the lattice from `Null` to `Any`.
public indirect enum FEELType: Hashable, Sendable {
  case any, null
  case boolean, number, string
  case date, time, dateTime, daysDuration, monthsDuration
  case list(FEELType)
  /// A context that has at least these entries, each of its type.
  case context([String: FEELType])
  /// A context as a schema of the host describes it.
  case record(RecordSchema)
  case anyContext
  case range(FEELType)
  case function([FEELType], FEELType)
  /// Any function, whatever its parameters: the `function` of a schema without signature.
  case anyFunction

  /// The simple types by the names that FEEL and DMN models write.
  public static let named: [String: FEELType] = [
    "Any": .any, "Null": .null, "boolean": .boolean, "number": .number, "string": .string, "date": .date,
    "time": .time, "date and time": .dateTime, "dateTime": .dateTime,
    "days and time duration": .daysDuration, "dayTimeDuration": .daysDuration,
    "years and months duration": .monthsDuration, "yearMonthDuration": .monthsDuration,
    "list": .list(.any), "context": .anyContext, "range": .range(.any), "function": .anyFunction,
  ]
}

extension FEELType: CustomStringConvertible {
  public var description: String {
    switch self {
    case .any: "Any"
    case .null: "Null"
    case .boolean: "boolean"
    case .number: "number"
    case .string: "string"
    case .date: "date"
    case .time: "time"
    case .dateTime: "date and time"
    case .daysDuration: "days and time duration"
    case .monthsDuration: "years and months duration"
    case .list(let element): "list<\(element)>"
    case .context(let entries):
      "context<\(entries.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))>"
    case .record(let schema): schema.name
    case .anyContext: "context"
    case .range(let element): "range<\(element)>"
    case .function(let parameters, let result):
      "function<\(parameters.map(\.description).joined(separator: ", "))> -> \(result)"
    case .anyFunction: "function"
    }
  }
}
