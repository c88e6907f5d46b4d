import Diagnostics
import FEEL
import Foundation
import Hummingbird
import HummingbirdTesting
import Portal
import Testing

@Suite("Starting to serve")
struct ServerTests {
  @Test("a port in use is said so, with another to try")
  func portTaken() async throws {
    let first = Server(regions: [TestRegion.small], port: 18_431)
    let serving = Task { try await first.run() }
    defer { serving.cancel() }
    try await Task.sleep(for: .milliseconds(800))
    let error = await #expect(throws: Diagnostic.self) {
      try await Server(regions: [TestRegion.small], port: 18_431).run()
    }
    #expect(error?.code == "server.port-taken")
    #expect(error?.remedy(in: .english)?.contains("18432") == true)
  }

  @Test("an address of another machine is said so")
  func foreignAddress() async throws {
    let error = await #expect(throws: Diagnostic.self) {
      try await Server(regions: [], host: "192.0.2.1", port: 18_433).run()
    }
    #expect(error?.code == "server.address")
  }
}
