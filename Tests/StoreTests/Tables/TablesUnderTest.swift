import Diagnostics
import MessyTables
import Policy
import Registry
import TestKit
import Testing
import Tabulation

@testable import Store

extension RegistryStore {
  /// Records a table as the command does, and throws what waits for a confirmation.
  @discardableResult
  func importTable(
    _ path: String, sheet: String? = nil, type: RecordType? = nil, from source: Source = .register,
    takesSoundRows: Bool = false, isDryRun: Bool = false, decide: (inout Proposal) throws -> Void = { _ in },
    refused: (RefusedRow) throws -> Void = { _ in }
  ) throws -> ImportReport {
    var facts = FactImport(path: path, source: source, actor: "tester")
    (facts.takesSoundRows, facts.isDryRun) = (takesSoundRows, isDryRun)
    if var plan = try tablePlan(for: path, sheet: sheet, type: type, of: source.id, by: tableDictionary) {
      try decide(&plan.tables[0].proposal)
      if let open = plan.open.first { throw open }
      facts.tables = plan.importTables
    }
    return try record(facts, by: tableDictionary, refused: refused)
  }

  /// What is recorded of the records of tables.
  func tableText() throws -> [String] { try text(of: tableDictionary) }
}

/// Runs `body` with the path of a workbook that a script makes.
func withWorkbook<R>(_ script: String, named name: String = "名录.xlsx", _ body: (String) throws -> R) throws -> R {
  try withFolder([:] as [String: String]) { folder throws in
    let path = "\(folder)/\(name)"
    try MessyTable(name: name, script: script).make(at: path)
    return try body(path)
  }
}

/// `tabulation.number.about C5`
func shown(_ problem: Diagnostic) -> String {
  "\(problem.code) \(ColumnName.of(problem.place.column))\(problem.place.line)"
}
