internal import DMN
public import Diagnostics
internal import Foundation

/// A folder tree in the form of the DMN Technology Compatibility Kit (github.com/dmn-tck/tck): models, and beside them
/// cases with inputs and expected results.
///
/// Every folder with `.dmn` files holds a model with those it imports; an `.xml` file beside them whose root is
/// `testCases` holds its cases. The folder above gives the level.
public struct ConformanceKit: Sendable {
  private let root: String

  public init(folder: String) { root = folder }

  /// Evaluates every case, in the order of the paths.
  /// - Parameter progress: called after each case.
  /// - Throws: `dmn.tck.empty` when there is no case below the folder.
  public func run(progress: (CaseResult) -> Void = { _ in }) throws(Diagnostic) -> ConformanceReport {
    var results: [CaseResult] = []
    for folder in KitFolder.folders(below: URL(fileURLWithPath: root, isDirectory: true)) {
      for file in folder.caseFiles {
        for result in run(file, in: folder) {
          progress(result)
          results.append(result)
        }
      }
    }
    guard !results.isEmpty else { throw Diagnostic("dmn.tck.empty", at: SourcePlace(file: root), ["folder": root]) }
    return ConformanceReport(results: results)
  }

  private func run(_ file: String, in folder: KitFolder) -> [CaseResult] {
    do throws(Diagnostic) {
      let tree = try XMLTree(parsing: folder.bytes(of: file), file: file)
      guard tree.name == "testCases" else { return [] }
      let suite = CaseReader(tree).suite()
      let model = folder.model(named: suite.modelName)
      return suite.cases.map { $0.result(of: model, level: folder.level, folder: folder.name, file: file) }
    } catch {
      return [
        CaseResult(
          level: folder.level, folder: folder.name, file: file.withoutEnding, id: "", outcome: .error, problem: error,
          expectsValue: false)
      ]
    }
  }
}
