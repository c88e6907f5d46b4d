public import Diagnostics
import Instructions

extension PopulationPlan {
  /// What a plan costs.
  public struct Summary: Sendable {
    /// How many steps a block of rows goes through.
    public var steps: Int
    /// Working memory for each row of a block, in bytes.
    public var bytesPerRow: Int
    /// Rows of a block.
    public var blockRows: Int
    /// How many steps there are of each kind, in each width of their results in bytes.
    public var kinds: [String: Int]
  }

  public var summary: Summary {
    var kinds: [String: Int] = [:]
    program.count(into: &kinds)
    return Summary(
      steps: program.stepCount, bytesPerRow: program.bytesPerRow, blockRows: Machine.rows, kinds: kinds)
  }
}

extension Unsupported {
  /// Why, for readers.
  public func text(in language: Language) -> String {
    switch reason {
    case .digits: Catalogue.shared.text("population.unsupported.digits", in: language)
    case .field(let name): Catalogue.shared.text("population.unsupported.field", in: language, ["name": name])
    case .form(let form): Catalogue.shared.text("population.unsupported.form", in: language, ["form": form])
    case .recursion(let name): Catalogue.shared.text("population.unsupported.recursion", in: language, ["name": name])
    case .shape: Catalogue.shared.text("population.unsupported.shape", in: language)
    case .size: Catalogue.shared.text("population.unsupported.size", in: language)
    }
  }
}

extension Program {
  fileprivate func count(into kinds: inout [String: Int]) {
    for step in steps {
      switch step {
      case .kernel(let kernel, let place, _): kinds["\(kernel.code) \(place.width.rawValue)", default: 0] += 1
      case .nest(let run): run.program.count(into: &kinds)
      }
    }
  }
}
