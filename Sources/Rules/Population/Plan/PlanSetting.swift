import FEEL
import Policy

/// A parameter whose value a plan takes when it runs, and between which values.
struct PlanSetting: Sendable {
  enum Form: Sendable {
    /// Whole multiples of 10^-scale.
    case number(scale: Int, ClosedRange<Int128>)
    case truth
    /// One of the choices.
    case text(TextPool)
  }

  let parameter: String
  let form: Form

  /// - Parameter values: beside those that the parameter's own scale or choices allow.
  /// - Returns: nil for a parameter that cannot be moved: of another kind, or without an end.
  init?(_ parameter: Parameter, values: [Value]) {
    self.parameter = parameter.name
    switch parameter.type.kind {
    case .boolean: form = .truth
    case .text:
      let choices = Set(parameter.choices).union(
        values.compactMap { if case .string(let text) = $0 { text } else { nil } })
      guard choices.count > 1 else { return nil }
      form = .text(TextPool(choices.sorted()))
    case .number:
      let ends = parameter.scale.map { $0.numbers } ?? []
      let numbers = ends + values.compactMap { if case .number(let number) = $0 { number } else { nil } }
      let digits = numbers.map(\.fractionDigits)
      guard let scale = digits.compactMap(\.self).max(), digits.allSatisfy({ $0 != nil }) else { return nil }
      let codes = numbers.compactMap { $0.scaled(by: scale) }
      guard codes.count == numbers.count, let low = codes.min(), let high = codes.max(), low < high else { return nil }
      form = .number(scale: scale, low...high)
    default: return nil
    }
  }

  /// The number that stands for a value; nil for one beyond the bounds.
  func code(of value: Value) -> Int128? {
    switch (form, value) {
    case (.number(let scale, let bounds), .number(let number)):
      number.scaled(by: scale).flatMap { bounds.contains($0) ? $0 : nil }
    case (.truth, .boolean(let truth)): truth ? 2 : 0
    case (.text(let pool), .string(let text)): pool.code(of: text).map { Int128($0) }
    default: nil
    }
  }
}

extension Parameter.Scale {
  /// The ends, the value, and one step, in the base unit.
  fileprivate var numbers: [Decimal128] {
    let factor = unit?.factor ?? .one
    return ([low, high, value, low + step].compactMap(\.self) + options).compactMap { $0 * factor }
  }
}
