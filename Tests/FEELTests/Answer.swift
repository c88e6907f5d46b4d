import Diagnostics
import FEEL

/// The value of an expression without variables, written as FEEL writes it (text in quotes).
func answer(to feel: String) throws -> String {
  let value = try Expression(parsing: feel).evaluate(in: Bindings()).value
  if case .string(let text) = value { return "\"\(text)\"" }
  return value.feelDescription
}

/// The codes of the warnings that an expression without variables leads to.
func warnings(of feel: String) throws -> [String] {
  try Expression(parsing: feel).evaluate(in: Bindings()).warnings.map(\.code)
}
