extension ItemTypes {
  /// The types of each model, with those of its imports under the names it gives them.
  static func linked(_ models: [DecisionModel]) -> [ItemTypes] {
    var linking = Linking(models)
    return models.indices.map { linking.types(of: $0, visiting: []) }
  }

  private struct Linking {
    let models: [DecisionModel]
    var namespaces: [String: Int] = [:]
    var done: [Int: ItemTypes] = [:]

    init(_ models: [DecisionModel]) {
      self.models = models
      for (index, model) in models.enumerated() { namespaces[model.namespace] = namespaces[model.namespace] ?? index }
    }

    /// Models that import each other see only the types that lie on no circle, so that this ends.
    mutating func types(of index: Int, visiting: Set<Int>) -> ItemTypes {
      if let types = done[index] { return types }
      var imported: [(name: String, types: ItemTypes)] = []
      for item in models[index].imports {
        guard let other = namespaces[item.namespace], other != index, !visiting.contains(other) else { continue }
        imported.append((item.name, types(of: other, visiting: visiting.union([index]))))
      }
      let types = ItemTypes(models[index].items, imports: imported)
      done[index] = types
      return types
    }
  }
}
