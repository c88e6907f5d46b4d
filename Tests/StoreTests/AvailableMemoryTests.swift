import TestKit
import Testing

@testable import Store

/// What the system tells of memory, from files laid out as it lays them out.
@Suite("Memory that is left")
struct AvailableMemoryTests {
  private func bytes(_ files: [String: String]) throws -> Int? {
    try withFolder(files) { AvailableMemory.bytes(underRoot: $0) }
  }

  private let machine = ["proc/meminfo": "MemTotal: 9000 kB\nMemAvailable:    8000 kB\n"]

  @Test("of the machine")
  func ofMachine() throws {
    #expect(try bytes([:]) == nil)
    #expect(try bytes(machine) == 8000 << 10)
  }

  @Test(
    "of a container with control groups of version 2: the least of a group and those above it, pages of files given back"
  )
  func secondVersion() throws {
    let group = [
      "proc/self/cgroup": "0::/a/b\n",
      "sys/fs/cgroup/a/memory.max": "max\n", "sys/fs/cgroup/a/memory.current": "5000\n",
      "sys/fs/cgroup/a/b/memory.max": "4096000\n", "sys/fs/cgroup/a/b/memory.current": "1000\n",
      "sys/fs/cgroup/a/b/memory.stat": "anon 600\ninactive_file 300\nactive_file 100\n",
    ]
    #expect(try bytes(machine.merging(group) { $1 }) == 4_095_400)
    let above = ["sys/fs/cgroup/a/memory.max": "6000\n"]
    #expect(try bytes(machine.merging(group) { $1 }.merging(above) { $1 }) == 1000)
    // A container sees its own group at the top, whatever its path is called outside.
    let inside = [
      "proc/self/cgroup": "0::/../outside\n",
      "sys/fs/cgroup/memory.max": "3000\n", "sys/fs/cgroup/memory.current": "1000\n",
    ]
    #expect(try bytes(machine.merging(inside) { $1 }) == 2000)
  }

  @Test("of a container with control groups of version 1")
  func firstVersion() throws {
    let group = [
      "proc/self/cgroup": "5:cpu:/x\n4:memory:/x\n0::/\n",
      "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
      "sys/fs/cgroup/memory/memory.usage_in_bytes": "7000\n",
      "sys/fs/cgroup/memory/x/memory.limit_in_bytes": "6000\n",
      "sys/fs/cgroup/memory/x/memory.usage_in_bytes": "2000\n",
      "sys/fs/cgroup/memory/x/memory.stat": "cache 70\ntotal_inactive_file 50\ninactive_file 9\n",
    ]
    #expect(try bytes(machine.merging(group) { $1 }) == 4050)
  }

  @Test("of an address space that is bounded")
  func addressSpace() throws {
    let files = [
      "proc/self/limits":
        "Limit     Soft Limit  Hard Limit  Units\nMax address space     2048000   unlimited   bytes\n",
      "proc/self/status": "Name: x\nVmSize:     1000 kB\n",
    ]
    #expect(try bytes(machine.merging(files) { $1 }) == 1_024_000)
    let unbounded = ["proc/self/limits": "Max address space     unlimited   unlimited   bytes\n"]
    #expect(try bytes(machine.merging(files) { $1 }.merging(unbounded) { $1 }) == 8000 << 10)
  }
}
