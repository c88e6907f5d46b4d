import Foundation
import TestKit

/// `Soak TOOL TIMES SEED`: kills the program that writes to a store so many times, in each kind of database, and looks at what is there
/// after each.
@main
enum Soak {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let times = Int(arguments[2]), let seed = UInt64(arguments[3]) else {
      print("Soak TOOL TIMES SEED")
      exit(64)
    }
    var isSound = DatabaseUnderTest.all == DatabaseUnderTest.allCases
    if !isSound { print(PostgreSQLPlace.missing) }
    for kind in DatabaseUnderTest.all {
      try kind.withPlace { place in
        var soak = try KillSoak(tool: arguments[1], address: place.address, seed: seed)
        defer { soak.remove() }
        try soak.run(times)
        print(
          "\(kind): \(soak.kills) killed, \(soak.completed) ended before; \(soak.unacknowledged) batches there, and whole, "
            + "without a word; \(soak.problems.count) problems")
        for problem in soak.problems { print(problem) }
        if !soak.problems.isEmpty { isSound = false }
      }
    }
    exit(isSound ? 0 : 1)
  }
}
