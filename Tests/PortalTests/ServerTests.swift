import API
import Diagnostics
import FEEL
import Foundation
import Hummingbird
import HummingbirdTesting
import Portal
import TestKit
import Testing

@Suite("Starting to serve", .timeLimit(.minutes(30)))
struct ServerTests {
  @Test("a port in use is said so, with another to try")
  func portTaken() async throws {
    try await withTakenPort { port in
      let error = await #expect(throws: Diagnostic.self) {
        try await Server(regions: [TestRegion.small], port: Int(port)).run()
      }
      #expect(error?.code == "server.port-taken")
      let next = port < 65_535 ? Int(port) + 1 : 8080
      #expect(error?.remedy(in: .english)?.contains(String(next)) == true)
    }
  }

  @Test("an address of another machine is said so")
  func foreignAddress() async throws {
    let error = await #expect(throws: Diagnostic.self) {
      try await Server(regions: [], host: "192.0.2.1", port: 18_433).run()
    }
    #expect(error?.code == "server.address")
  }
}
