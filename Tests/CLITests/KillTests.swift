import Foundation
import TestKit
import Testing

/// A short part of `make soak`.
@Suite("A program that is killed while it writes", .timeLimit(.minutes(30)))
struct KillTests {
  /// Beside the tests.
  private static let tool = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appendingPathComponent("silian").path

  @Test("leaves every acknowledged batch whole and the log sound", arguments: DatabaseUnderTest.all)
  func kills(kind: DatabaseUnderTest) throws {
    try #require(FileManager.default.isExecutableFile(atPath: Self.tool), "\(Self.tool) is not there")
    try kind.withPlace { place in
      var soak = try KillSoak(tool: Self.tool, address: place.address, seed: 7)
      defer { soak.remove() }
      try soak.run(24)
      #expect(soak.problems == [])
      #expect(soak.kills > 0)
      #expect(soak.completed > 0)
    }
  }
}
