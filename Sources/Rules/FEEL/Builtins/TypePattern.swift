/// The type of a parameter or a result in the signature of a built-in function, as the types of a call's arguments
/// complete it: `sublist` takes a list of some element and gives a list of the same.
///
/// Evaluation asks less of an argument than the pattern says (``erased``): `sum` takes any list and answers null for an
/// item that is no number; the static types know beforehand.
public indirect enum TypePattern: Sendable {
  case exactly(FEELType)
  /// What the arguments at all places of this kind have in common.
  case element
  /// As `element`, of a kind whose values can be compared: numbers, strings, moments, durations.
  case ordered
  case list(TypePattern)
  case range(TypePattern)
  case function([TypePattern], TypePattern)
  /// Evaluation takes anything here, and without a conversion.
  case loosely(TypePattern)
  /// A result that depends on more than the element: on literals, on the entries of a context.
  case told(FEELType, by: @Sendable (TypedArguments) -> FEELType)

  static let any = TypePattern.exactly(.any)
  static let boolean = TypePattern.exactly(.boolean)
  static let number = TypePattern.exactly(.number)
  static let string = TypePattern.exactly(.string)
  static let date = TypePattern.exactly(.date)
  static let time = TypePattern.exactly(.time)
  static let dateTime = TypePattern.exactly(.dateTime)
  static let daysDuration = TypePattern.exactly(.daysDuration)
  static let monthsDuration = TypePattern.exactly(.monthsDuration)
  static let anyContext = TypePattern.exactly(.anyContext)

  /// What evaluation converts an argument to, and the type of a result when nothing is known of the arguments.
  public var erased: FEELType {
    switch self {
    case .exactly(let type), .told(let type, _): type
    case .element, .ordered, .loosely: .any
    case .list(let item): .list(item.erased)
    case .range(let item): .range(item.erased)
    case .function: .anyFunction
    }
  }

  /// The type when the element is known.
  func type(of element: FEELType, _ arguments: TypedArguments) -> FEELType {
    switch self {
    case .exactly(let type): type
    case .element, .ordered: element
    case .list(let item): .list(item.type(of: element, arguments))
    case .range(let item): .range(item.type(of: element, arguments))
    case .function(let parameters, let result):
      .function(parameters.map { $0.type(of: element, arguments) }, result.type(of: element, arguments))
    case .loosely(let pattern): pattern.type(of: element, arguments)
    case .told(_, let tell): tell(arguments)
    }
  }
}

extension TypePattern: CustomStringConvertible {
  /// As FEEL writes types, with `T` for the element.
  public var description: String {
    switch self {
    case .exactly(let type), .told(let type, _): type.summary
    case .element: "T"
    case .ordered: "number | string | date | time | date and time | duration"
    case .list(let item): "list<\(item)>"
    case .range(let item): "range<\(item)>"
    case .function(let parameters, let result):
      "function<\(parameters.map(\.description).joined(separator: ", "))> -> \(result)"
    case .loosely(let pattern): pattern.description
    }
  }
}

/// What is known of the arguments of a call, in the order of the parameters.
public struct TypedArguments: Sendable {
  var types: [FEELType] = []
  /// The values of those that are written out; nil for the others.
  var literals: [Value?] = []

  func type(_ index: Int) -> FEELType { types.indices.contains(index) ? types[index] : .any }

  func literal(_ index: Int) -> Value? { literals.indices.contains(index) ? literals[index] : nil }

  func text(_ index: Int) -> String? {
    if case .string(let text)? = literal(index) { text } else { nil }
  }
}
