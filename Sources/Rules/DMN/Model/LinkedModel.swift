public import Diagnostics
import FEEL

/// A decision model whose references have been followed, together with the models it imports: ready to evaluate.
///
/// Mistakes do not stop it: what is wrong stands in ``diagnostics``, and a decision that suffers from it is null with a
/// warning, while the others work.
public struct LinkedModel: Sendable {
  public let model: DecisionModel
  /// Unknown references and types, cycles, doubled names, expressions that could not be read, ill-formed tables.
  public let diagnostics: [Diagnostic]

  /// The model and those it may import.
  let models: [DecisionModel]
  /// One for each model.
  let types: [ItemTypes]
  /// The elements of all models.
  let nodes: [GraphNode]
  /// The elements of each model by name.
  let indices: [[String: Int]]
  /// The place of each element in an order where requirements come first.
  let rank: [Int]
  /// The names along the cycle that a decision is part of.
  let cycles: [Int: [String]]

  /// - Parameter imports: every model that `model` imports, and those that they import, in any order.
  public init(_ model: DecisionModel, importing imports: [DecisionModel] = []) {
    self.model = model
    models = [model] + imports.filter { $0.namespace != model.namespace }
    types = ItemTypes.linked(models)
    var graph = RequirementsGraph(models)
    let order = graph.order()
    nodes = graph.nodes
    indices = graph.indices
    rank = order.rank
    cycles = order.cycles
    diagnostics = (graph.diagnostics + LinkedModel.problems(in: models, types)).sorted()
  }

  /// The types that an element may name: those of the model where it stands.
  func types(of index: Int) -> ItemTypes { types[nodes[index].model] }
}

/// An element with what it requires.
struct GraphNode: Sendable {
  let element: Element
  let model: Int
  /// Resolved requirements; those that lead nowhere are left out.
  var needs: [Need] = []
  /// What a service offers, hides and asks for.
  var service: ServiceLinks?
}

/// One requirement, resolved.
struct Need: Sendable {
  var kind: Requirement.Kind
  /// The name of the import it comes from; nil for the same model.
  var importName: String?
  var name: String
  var target: Int
}

struct ServiceLinks: Sendable {
  var outputs: [Int] = []
  var encapsulated: [Int] = []
  /// Input data, then input decisions: the parameters.
  var parameters: [Int] = []
}
