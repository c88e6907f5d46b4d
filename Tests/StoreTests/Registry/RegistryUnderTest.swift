import Diagnostics
import FEEL
import Policy
import Population
import Registry
import SQL
import TestKit
import Testing

@testable import Store

extension DatabaseUnderTest {
  /// A store of its own with room for a dictionary, gone after the test.
  func withRegistry(_ dictionary: DataDictionary = smallDictionary, _ body: (RegistryStore) throws -> Void) throws {
    try withPlace { place in
      let store = try RegistryStore.open(place.address, creates: true)
      defer { store.close() }
      try store.adopt(dictionary, owner: "small", actor: "tester")
      try body(store)
    }
  }
}

extension Source {
  static let register = Source(id: "register", title: "登记", authority: .office)
  static let form = Source(id: "form", title: "自报", authority: .enterprise)
}

extension RegistryStore {
  /// Records the files of a folder made for it.
  @discardableResult
  func record(
    _ files: [String: String], from source: Source = .register, validity: Validity = .always,
    takesSoundRows: Bool = false, isDryRun: Bool = false, refused: (RefusedRow) throws -> Void = { _ in }
  ) throws -> ImportReport {
    try withFolder(files) { folder in
      var facts = FactImport(path: folder, source: source, validity: validity, actor: "tester")
      facts.takesSoundRows = takesSoundRows
      facts.isDryRun = isDryRun
      return try record(facts, by: smallDictionary, refused: refused)
    }
  }

  /// The facts of a day by what is known up to a batch; by default by all that is known.
  func facts(
    on day: String = "2026-06-01", by batch: Int? = nil, of dictionary: DataDictionary = smallDictionary
  ) throws -> Facts {
    let last = try lastBatch(upTo: nil)
    let asOf = try #require(CalendarDate(day))
    let reading = try RegistryReading(
      self, at: Moment(asOf: asOf, known: batch ?? last), by: dictionary)
    // All is looked at before anything is compared.
    _ = lines(Population(reading.facts, dictionary: dictionary))
    #expect(reading.problem == nil)
    return reading.facts
  }

  /// The same as text, for comparing.
  func text(
    on day: String = "2026-06-01", by batch: Int? = nil, of dictionary: DataDictionary = smallDictionary
  ) throws -> [String] {
    lines(Population(try facts(on: day, by: batch, of: dictionary), dictionary: dictionary))
  }
}

extension ImportReport {
  var batch: Int? { if case .recorded(let batch) = outcome { batch } else { nil } }
  var isRefused: Bool { if case .refused = outcome { true } else { false } }
}
