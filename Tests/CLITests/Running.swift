@testable import silian

/// What a command line came to: status, standard output, standard error.
struct Run {
  var status: CommandStatus
  var output: String
  var errors: String
}

func run(_ arguments: [String]) async -> Run {
  let output = Written(), errors = Written()
  let status = await Tool.run(arguments, on: Console(output: output, errors: errors))
  return Run(status: status, output: output.text, errors: errors.text)
}

private final class Written: TextOutputStream {
  var text = ""
  func write(_ string: String) { text += string }
}
