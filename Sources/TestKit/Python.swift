import Foundation

/// Runs scripts with the Python on this machine, which knows spreadsheets better than the code under test does.
public enum Python {
  public static let path: String? = ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  public static let hasSpreadsheets: Bool = {
    let isThere = (try? run("import openpyxl, zipfile", [])) != nil
    if !isThere { print("SKIPPED: python3 with openpyxl is not installed (Debian: python3-openpyxl)") }
    return isThere
  }()

  public struct Failure: Error { var status: Int32 }

  /// - Returns: what the script prints.
  @discardableResult
  public static func run(_ script: String, _ arguments: [String]) throws -> String {
    guard let path else { throw Failure(status: -1) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-c", script] + arguments
    process.environment = ["PYTHONIOENCODING": "utf-8", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
    return String(decoding: data, as: UTF8.self)
  }
}
