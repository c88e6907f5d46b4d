import Foundation
import TestKit

/// `Soak TOOL ADDRESS TIMES SEED`: kills the program that writes to a store so many times, and looks at what is there after each.
@main
enum Soak {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let times = Int(arguments[3]), let seed = UInt64(arguments[4]) else {
      print("Soak TOOL ADDRESS TIMES SEED")
      exit(64)
    }
    var soak = try KillSoak(tool: arguments[1], address: arguments[2], seed: seed)
    defer { soak.remove() }
    let portion = 20
    for done in stride(from: 0, to: times, by: portion) where soak.problems.isEmpty {
      try soak.run(min(portion, times - done))
      print(
        "\(soak.kills) killed, \(soak.completed) ended before; \(soak.unacknowledged) batches there, and whole, without a word; "
          + "\(soak.problems.count) problems")
      fflush(stdout)
    }
    for problem in soak.problems { print(problem) }
    exit(soak.problems.isEmpty ? 0 : 1)
  }
}
