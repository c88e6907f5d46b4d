import Diagnostics
import FEEL
import Foundation
import Policy
import Population
import TestKit
import Testing

@testable import Store

@Suite("Column files")
struct ColumnFileTests {
  private static let files = [
    "enterprise.csv": """
    编号,名称,信用代码,营业收入@2023,营业收入@2022,研发占比,人数,在册,成立日期,规模
    A,甲,91650205000000070A,1.5,无,3.25,1,是,2020-01-31,大
    B,乙,,,2,,70000,否,1999-12-31,小
    C,丙,无,300000,4,100,无,,,

    """,
    "loan.csv": "编号,企业,金额\n1,B,10.05\n2,A,7\n3,B,5000000000\n4,,无\n5,无,\n",
    "provenance.json": #"{"synthetic": true, "pack": "small", "asOf": "2026-06-30", "seed": "18446744073709551615"}"#,
  ]

  /// A column file of the small population, in a folder of its own.
  private func withColumnFile<Result>(_ body: (_ path: String, _ bytes: [UInt8]) throws -> Result) throws -> Result {
    try withFolder(Self.files) { folder in
      let snapshot = try #require(Snapshot.read(at: folder, by: smallDictionary).0)
      let path = try snapshot.write(to: folder + "/firms.columns", by: smallDictionary)
      return try body(path, Array(Data(contentsOf: URL(fileURLWithPath: path))))
    }
  }

  /// The code of the problem with a file of these bytes; nil when it is opened.
  private func problem(_ bytes: [UInt8], in folder: String, by dictionary: DataDictionary = smallDictionary) throws
    -> String?
  {
    let path = folder + "/changed.columns"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let (snapshot, diagnostics) = Snapshot.read(at: path, by: dictionary)
    #expect((snapshot == nil) == !diagnostics.isEmpty)
    #expect(diagnostics.allSatisfy { $0.place.file == path && $0.remedy(in: .english) != nil })
    return diagnostics.first?.code
  }

  private func folder(of path: String) -> String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

  @Test("say what the CSV said, and where it came from")
  func roundTrip() throws {
    try withFolder(Self.files) { folder in
      let written = try #require(Snapshot.read(at: folder, by: smallDictionary).0)
      let path = try written.write(to: folder + "/firms.columns", by: smallDictionary)
      let digest = try #require(ColumnFile.digest(inName: path))
      #expect(path == "\(folder)/firms.\(digest).columns")
      for isVerifying in [true, false] {
        let read = try Snapshot.read(columnFile: path, by: smallDictionary, isVerifying: isVerifying)
        #expect(lines(read.population) == lines(written.population))
        #expect(lines(read.population).count == 10)
        #expect(read.provenance == written.provenance && read.provenance?.seed == .max)
        #expect(read.sources == written.sources && read.sources.map(\.file) == ["enterprise.csv", "loan.csv"])
      }
      // Equal contents are equal files; what was read can be written again.
      let again = try #require(Snapshot.read(at: path, by: smallDictionary).0)
      #expect(try again.write(to: folder + "/firms.0123456789abcdef.columns", by: smallDictionary) == path)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains("part") } == [])
    }
  }

  @Test("hold nothing, or nothing but a header, as well")
  func small() throws {
    try withFolder(["enterprise.csv": "编号,名称,人数\n", "loan.csv": "编号,企业\n"]) { folder in
      let written = try #require(Snapshot.read(at: folder, by: smallDictionary).0)
      let path = try written.write(to: folder + "/x", by: smallDictionary)
      #expect(lines(try Snapshot.read(columnFile: path, by: smallDictionary).population) == ["企业 []", "贷款 []"])
      let none = try Snapshot(Population(tables: [:])).write(to: folder + "/none", by: smallDictionary)
      #expect(try Snapshot.read(columnFile: none, by: smallDictionary).population.tables.isEmpty)
    }
  }

  @Test("with any byte of prelude, header or parts changed are refused")
  func damage() throws {
    try withColumnFile { path, bytes in
      let folder = folder(of: path)
      let header = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 24, as: UInt64.self) }
      let start = ColumnFile.aligned(ColumnFile.preludeSize + Int(header))
      var codes: Set<String> = []
      for position in 0..<ColumnFile.preludeSize + Int(header) {
        var changed = bytes
        changed[position] ^= 1 << UInt8(position % 8)
        let code = try #require(try problem(changed, in: folder), "byte \(position)")
        codes.insert(code)
      }
      #expect(
        codes == [
          "store.columns.foreign", "store.columns.byte-order", "store.columns.newer", "store.columns.truncated",
          "store.columns.header",
        ])
      // Between parts there is nothing to damage; within them every byte counts.
      let map = try MappedFile(path: path)
      for part in try ColumnFile.header(of: map).parts {
        for position in stride(from: start + part.offset, to: start + part.offset + part.size, by: 5) {
          var changed = bytes
          changed[position] ^= 0x10
          #expect(try problem(changed, in: folder) == "store.columns.part")
        }
      }
    }
  }

  @Test("cut short anywhere are refused, and so are longer ones")
  func truncation() throws {
    try withColumnFile { path, bytes in
      let folder = folder(of: path)
      let header = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 24, as: UInt64.self) }
      for count in bytes.indices where count < 64 + Int(header) || count % 11 == 0 {
        let code = try problem(Array(bytes[..<count]), in: folder)
        #expect(code == (count < 8 ? "store.columns.foreign" : "store.columns.truncated"), "\(count)")
      }
      #expect(try problem(bytes + [0], in: folder) == "store.columns.header")
    }
  }

  @Test("of another version, another dictionary or another name are refused")
  func foreign() throws {
    try withColumnFile { path, bytes in
      let folder = folder(of: path)
      func changed(_ position: Int, _ byte: UInt8) -> [UInt8] {
        var changed = bytes
        changed[position] = byte
        return changed
      }
      #expect(try problem(changed(12, 0), in: folder) == "store.columns.older")
      #expect(try problem(changed(12, 2), in: folder) == "store.columns.newer")
      #expect(try problem(Array("编号,名称\n".utf8), in: folder) == "store.columns.foreign")
      #expect(try problem(bytes, in: folder) == nil)
      #expect(try problem(bytes, in: folder, by: dictionary(units: "元")) == "store.columns.dictionary")
      let renamed = folder + "/firms.0123456789abcdef.columns"
      try Data(bytes).write(to: URL(fileURLWithPath: renamed))
      #expect(Snapshot.read(at: renamed, by: smallDictionary).1.map(\.code) == ["store.columns.name"])
      #expect(
        Snapshot.read(at: folder + "/none.columns", by: smallDictionary).1.map(\.code) == ["store.file.missing"])
    }
  }

  /// Headers that someone wrote who knows the checksums.
  @Test(
    "with a header that promises what the file does not hold are refused",
    arguments: [
      (#""rows":3"#, #""rows":4"#), (#""rows":5"#, #""rows":999999999999"#), (#""width":4"#, #""width":8"#),
      (#""cells":2"#, #""cells":3"#), (#""cells":2"#, #""cells":9999"#), (#""cells":2"#, #""cells":-1"#),
      (#""bounds":[0,1]"#, #""bounds":[0,0]"#), (#""bounds":[0,2]"#, #""bounds":[0,9]"#),
      (#""bounds":[0,2]"#, #""bounds":[2,0]"#), (#""occurring":[1]"#, #""occurring":[]"#),
      (#""occurring":[1]"#, #""occurring":[7]"#), (#""kind":"text""#, #""kind":"number""#),
      (#""kind":"date""#, #""kind":"truth""#), (#""scale":2"#, #""scale":12"#), (#""count":3"#, #""count":2"#),
      (#""parts":[[0,"#, #""parts":[[64,"#), (#""parts":[[0,"#, #""parts":[[9223372036854775807,"#),
      (#""parts":[[0,"#, #""parts":[[1,"#), (#""type":"企业""#, #""type":"贷款""#),
      (#""field":"名称""#, #""field":"编号""#), (#""table":"企业""#, #""table":"贷款""#), (#""year":2023"#, #""year":2022"#),
      (#""tables":["#, #""tables":[1,"#), (#"{"dictionary""#, #"["dictionary""#),
      (#""field":"企业","offsets""#, #""offsets""#),
    ])
  func promises(old: String, new: String) throws {
    try withColumnFile { path, bytes in
      let size = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 24, as: UInt64.self) }
      let text = String(decoding: bytes[64..<64 + Int(size)], as: UTF8.self)
      let first = try #require(text.range(of: old), "\(text)")
      let header = Array(text.replacingCharacters(in: first, with: new).utf8)
      let data = Array(bytes[ColumnFile.aligned(64 + Int(size))...])
      let start = ColumnFile.aligned(64 + header.count)
      let (prelude, _) = ColumnFile.prelude(header: header, fileSize: start + data.count)
      let padding = [UInt8](repeating: 0, count: start - 64 - header.count)
      let code = try #require(try problem(prelude + header + padding + data, in: folder(of: path)))
      #expect(["store.columns.header", "store.columns.part", "store.columns.dictionary"].contains(code))
    }
  }

  @Test("are not written where nothing can be written")
  func unwritable() throws {
    let snapshot = Snapshot(Population(tables: [:]))
    #expect(throws: Diagnostic.self) { try snapshot.write(to: "/nothing/here.columns", by: smallDictionary) }
  }

  @Test("what takes more memory than there is, is said before the work")
  func memory() throws {
    #expect(AvailableMemory.bytes(inMemoryInfo: "MemTotal: 9 kB\nMemAvailable:   24152 kB\n") == 24152 << 10)
    #expect(AvailableMemory.bytes(inMemoryInfo: "MemTotal: 9 kB\n") == nil)
    #expect(throws: Diagnostic("store.memory", at: SourcePlace(file: "x"), ["needed": "3 MiB", "available": "2 MiB"])) {
      try AvailableMemory.require(3 << 20, for: "x", available: 2 << 20)
    }
    try AvailableMemory.require(2 << 20, for: "x", available: 2 << 20)
    try withColumnFile { path, _ in
      let (snapshot, diagnostics) = Snapshot.read(at: path, by: smallDictionary, available: 1000)
      #expect(snapshot == nil && diagnostics.map(\.code) == ["store.memory"])
      #expect(Snapshot.read(at: path, by: smallDictionary, available: 1 << 20).0 != nil)
    }
  }
}
