import Diagnostics
import FEEL
import Foundation

/// What the expression gives, written out; `syntax: code` when it cannot be read.
func evaluated(_ source: String, in bindings: Bindings = [:], members: [String] = []) -> String {
  do {
    let expression = try Expression(parsing: source, names: KnownNames(bindings.values.keys, members: members))
    let value = expression.evaluate(in: bindings).value
    if case .string(let text) = value { return "\"\(text)\"" }
    return value.description
  } catch {
    return "syntax: \(error.code)"
  }
}

/// The codes of the warnings that evaluating the expression leaves.
func warnings(_ source: String, in bindings: Bindings = [:]) throws -> [String] {
  try evaluation(source, in: bindings).warnings.map(\.code)
}

func evaluation(
  _ source: String, in scope: Bindings = [:], options: EvaluationOptions = .init()
) throws -> Evaluation {
  try Expression(parsing: source, names: KnownNames(scope.values.keys)).evaluate(in: scope, options: options)
}

/// Runs `body` on a thread with a stack of 512 KiB, as secondary threads have.
func onSmallStack<T: Sendable>(_ body: @escaping @Sendable () -> T) -> T {
  let box = Box<T>()
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    box.value = body()
    done.signal()
  }
  thread.stackSize = 512 * 1024
  thread.start()
  done.wait()
  return box.value!
}

private final class Box<T>: @unchecked Sendable { var value: T? }
