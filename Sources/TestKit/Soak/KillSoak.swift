import Foundation

/// Kills a program that writes to a store, over and over at random moments, and looks at what is there afterwards.
public struct KillSoak {
  /// The program `silian`.
  private let tool: String
  /// The store's address.
  private let address: String
  private let folder: URL
  private var random: SeededRandom
  /// The batches that the program said were recorded.
  private var acknowledged: Set<Int> = []
  /// Those of them that say something.
  private var imported: Set<Int> = []
  /// How long an undisturbed call takes, about, in milliseconds.
  private var usual = 400.0
  private var serial = 0
  /// Whether the store was seen to be there.
  private var isMade = false

  /// What was seen.
  public private(set) var kills = 0
  /// Calls that had ended before they were to be killed.
  public private(set) var completed = 0
  /// Batches that were there although the program was killed before it could say so; they must be whole all the same.
  public private(set) var unacknowledged = 0
  public private(set) var problems: [String] = []

  public init(tool: String, address: String, seed: UInt64) throws {
    self.tool = tool
    self.address = address
    random = SeededRandom(seed: seed)
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("silian-soak-\(UUID().uuidString)")
    try write(String(decoding: PackageResources.soak_pack_yaml, as: UTF8.self), to: "pack/pack.yaml")
    try write(Self.dictionary(isNew: false), to: "pack/dictionary.md")
    try write(String(decoding: PackageResources.soak_pack_yaml, as: UTF8.self), to: "newer/pack.yaml")
    try write(Self.dictionary(isNew: true), to: "newer/dictionary.md")
  }

  public func remove() { try? FileManager.default.removeItem(at: folder) }

  private static func dictionary(isNew: Bool) -> String {
    let text = String(decoding: PackageResources.soak_dictionary_md, as: UTF8.self)
    return isNew
      ? text
      : text.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.contains("added") }.joined(separator: "\n")
  }

  // MARK: rounds

  /// Kills so many calls, and checks the store after each.
  public mutating func run(_ times: Int) throws {
    for _ in 0..<times where problems.isEmpty { try round() }
  }

  private mutating func round() throws {
    serial += 1
    let command = try command()
    let delay = Double.random(in: 0...usual * 1.2, using: &random)
    let started = Date()
    let (status, output) = try call(command, killedAfter: delay)
    if let status {
      completed += 1
      usual = usual * 0.8 + Date().timeIntervalSince(started) * 1000 * 0.2
      if status != 0 { problems.append("\(command): \(status): \(output)") }
      if let batch = number(of: "batch", in: output) {
        acknowledged.insert(batch)
        if command[0] == "data" { imported.insert(batch) }
      }
    } else {
      kills += 1
    }
    try check()
  }

  /// An import, a correction, a withdrawal or a dictionary that has grown.
  private mutating func command() throws -> [String] {
    switch Int.random(in: 0..<10, using: &random) {
    case 0 where !imported.isEmpty:
      let batch = imported.sorted()[Int.random(in: 0..<imported.count, using: &random)]
      if try !isWithdrawn(batch) { return ["store", "withdraw", String(batch), "--reason", "soak"] }
    case _ where !isMade: return ["store", "init", path("pack")]
    case 1: return ["store", "init", path("newer")]
    case 2: return ["store", "init", path("pack")]
    default: break
    }
    let rows = Int.random(in: 1...4000, using: &random)
    var firms = "id,name,staff,revenue@\(Self.year),revenue@\(Self.year - 1)\n", loans = "id,enterprise,amount\n"
    for row in 0..<rows {
      firms += "F\(row),N\(serial)-\(row),\(row),\(row).5,\(serial)\n"
      loans += "L\(serial)-\(row),F\(row),\(row).25\n"
    }
    try write(firms, to: "data\(serial)/enterprise.csv")
    try write(loans, to: "data\(serial)/loan.csv")
    return ["data", "import", path("pack"), path("data\(serial)"), "--source", "soak", "--authority", "office"]
  }

  private static let year = 2000

  private func isWithdrawn(_ batch: Int) throws -> Bool {
    numbers(of: "withdraws", in: try call(["store", "batches"]).output).contains(batch)
  }

  /// Whether what is there is whole: the program's own reading of everything, and the batches that it has acknowledged.
  private mutating func check() throws {
    let (status, output) = try call(["store", "check"])
    // A store that was killed while it was made may not be there yet.
    if !isMade, status == 66 { return }
    isMade = true
    if status != 0 { return problems.append("check: \(output)") }
    let there = Set(numbers(of: "id", in: try call(["store", "batches"]).output))
    if !acknowledged.isSubset(of: there) { problems.append("lost: \(acknowledged.subtracting(there).sorted())") }
    unacknowledged += there.subtracting(acknowledged).count
    acknowledged = there
  }

  // MARK: calls

  private func call(_ arguments: [String]) throws -> (status: Int32?, output: String) {
    try call(arguments, killedAfter: nil)
  }

  /// - Returns: no status for a call that was killed.
  private func call(_ arguments: [String], killedAfter delay: Double?) throws -> (status: Int32?, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: tool)
    process.arguments = arguments + ["--store", address, "--json"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let killer = delay.map { delay in
      let item = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
      DispatchQueue.global().asyncAfter(deadline: .now() + delay / 1000, execute: item)
      return item
    }
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    killer?.cancel()
    return (process.terminationReason == .exit ? process.terminationStatus : nil, output)
  }

  private func number(of name: String, in output: String) -> Int? { numbers(of: name, in: output).first }

  private func numbers(of name: String, in output: String) -> [Int] {
    output.split(separator: "\"\(name)\":").dropFirst().compactMap { part in
      Int(part.drop { $0 == " " }.prefix { $0.isNumber })
    }
  }

  // MARK: files

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func write(_ text: String, to name: String) throws {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}
