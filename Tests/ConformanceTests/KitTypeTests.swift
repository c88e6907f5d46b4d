import DMN
import Diagnostics
import FEEL
import Foundation
import Testing

@testable import Conformance

/// The kit's models hold many expressions that are wrong on purpose: inference must leave every one that has a value
/// alone, and foretell the type of the value.
@Suite("Types inferred over the public kit", .enabled(if: Kit.isThere))
struct KitTypeTests {
  @Test("every value is of the inferred type, and what is refused has none")
  func everyValue() throws {
    var survey = Survey()
    for folder in KitFolder.folders(below: URL(fileURLWithPath: Kit.folder, isDirectory: true)) {
      for file in folder.caseFiles { try survey.read(file, in: folder) }
    }
    #expect(survey.unsound == [])
    #expect(survey.falseAlarms == [])
    #expect(survey.warned == Self.warned)
    #expect((survey.values, survey.decisions) == (2_882, 2_850))
    #expect(survey.typed >= 1_950 && survey.refused >= 966, "\(survey.typed) typed, \(survey.refused) refused")
  }

  /// Decisions with a mistake that leaves a value: `false and "a"`, the members of a list that its items lack.
  private static let warned: Set<String> = [
    "0064-feel-conjunction decision006_b", "0064-feel-conjunction decision006_c", "0064-feel-conjunction decision008_b",
    "0064-feel-conjunction decision008_c", "0065-feel-disjunction decision003_b", "0065-feel-disjunction decision003_c",
    "0065-feel-disjunction decision007_b", "0065-feel-disjunction decision007_c", "0069-feel-list decision031",
    "0069-feel-list decision033",
  ]
}

/// What the kit's cases and the inferred types have to say of each other.
private struct Survey {
  /// Values that are not null.
  var values = 0
  var decisions = 0
  /// Decisions with a type other than `Any`, and with an error.
  var typed = 0, refused = 0
  var unsound: Set<String> = []
  /// Decisions with an error that have a value.
  var falseAlarms: Set<String> = []
  /// Decisions with a warning that have a value.
  var warned: Set<String> = []

  mutating func read(_ file: String, in folder: KitFolder) throws {
    let tree = try XMLTree(parsing: folder.bytes(of: file), file: file)
    guard tree.name == "testCases" else { return }
    let suite = CaseReader(tree).suite()
    let model = try folder.model(named: suite.modelName).get()
    let typing = model.typing()
    let names = model.model.decisions.map { ElementName($0.variable.name) }
    for name in names {
      decisions += 1
      if typing.type(of: name) != .any { typed += 1 }
      if typing.diagnostics(of: name).contains(where: { $0.severity == .error }) { refused += 1 }
    }
    for (number, kitCase) in suite.cases.enumerated() {
      let asked = number == 0 ? names : kitCase.results.map(\.name)
      try check(kitCase, asked, model, typing, in: folder.name)
    }
  }

  private mutating func check(
    _ kitCase: KitCase, _ names: [ElementName], _ model: LinkedModel, _ typing: ModelTyping, in folder: String
  ) throws {
    switch kitCase.target {
    case .decision:
      for name in names where kitCase.inputs[name] == nil {
        let value = try model.evaluate(decision: name, inputs: kitCase.inputs).value
        check(value, typing.type(of: name), typing.diagnostics(of: name), "\(folder) \(name)")
      }
    case .service:
      guard let name = kitCase.invocable else { return }
      let value = try model.evaluate(service: name, inputs: kitCase.inputs).value
      check(value, typing.type(of: name)?.result, typing.diagnostics(of: name), "\(folder) \(name)")
    case .knowledgeModel:
      guard let name = kitCase.invocable ?? kitCase.results.first?.name else { return }
      let arguments = Dictionary(kitCase.inputs.map { ($0.key.name, $0.value) }, uniquingKeysWith: { $1 })
      let value = try model.evaluate(knowledgeModel: name, arguments: arguments).value
      check(value, typing.type(of: name)?.result, typing.diagnostics(of: name), "\(folder) \(name)")
    }
  }

  private mutating func check(_ value: Value, _ type: FEELType?, _ found: [Diagnostic], _ name: String) {
    guard let type, value.fits(type) else {
      unsound.insert("\(name): \(value) is no \(type?.summary ?? "element")")
      return
    }
    guard !value.isNull else { return }
    values += 1
    for diagnostic in found where diagnostic.severity == .error {
      falseAlarms.insert("\(name): \(value), \(diagnostic.description(in: .english))")
    }
    if found.contains(where: { $0.severity == .warning }) { warned.insert(name) }
  }
}

extension FEELType {
  fileprivate var result: FEELType { if case .function(_, let result) = self { result } else { .any } }
}

extension Value {
  /// Whether the value is of the type. A function value knows its parameters, and not what it gives.
  fileprivate func fits(_ type: FEELType) -> Bool {
    switch (self, type) {
    case (.function(let function), .function(let parameters, _)): function.parameters.count == parameters.count
    case (.list(let items), .list(let element)): items.allSatisfy { $0.fits(element) }
    case (.context(let context), .context(let entries)):
      entries.allSatisfy { name, type in context[name]?.fits(type) ?? false }
    default: conforms(to: type)
    }
  }
}
