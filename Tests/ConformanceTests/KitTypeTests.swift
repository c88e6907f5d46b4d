import DMN
import Diagnostics
import FEEL
import Foundation
import Testing

@testable import Conformance

@Suite("Types inferred over the public kit")
struct KitTypeTests {
  @Test("every value is of the inferred type, and nothing is refused that has one", .enabled(if: Kit.isThere))
  func everyDecision() throws {
    var count = Count()
    for folder in KitFolder.folders(below: URL(fileURLWithPath: Kit.folder, isDirectory: true)) {
      for file in folder.caseFiles {
        let tree = try XMLTree(parsing: folder.bytes(of: file), file: file)
        guard tree.name == "testCases" else { continue }
        let suite = CaseReader(tree).suite()
        let model = try folder.model(named: suite.modelName).get()
        let typing = model.typing()
        for kitCase in suite.cases { try check(kitCase, model, typing, &count, in: folder.name) }
      }
    }
    print(count)
  }

  private struct Count {
    var values = 0, typed = 0
  }

  private func check(
    _ kitCase: KitCase, _ model: LinkedModel, _ typing: ModelTyping, _ count: inout Count, in folder: String
  ) throws {
    for decision in model.model.decisions {
      let name = ElementName(decision.variable.name)
      guard kitCase.inputs[name] == nil else { continue }
      let value = try model.evaluate(decision: name, inputs: kitCase.inputs).value
      let type = try #require(typing.type(of: name))
      count.values += 1
      if type != .any { count.typed += 1 }
      if !value.fits(type) { print("UNSOUND \(folder) \(name): \(value) of \(type)") }
      guard !value.isNull else { continue }
      for mistake in typing.diagnostics(of: name) {
        print("ALARM \(folder) \(name) \(mistake.severity): \(value): \(mistake.description(in: .english))")
      }
    }
  }
}

extension Value {
  /// Whether the value is of the type. A function value does not know what it gives.
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
