import Diagnostics
import FEEL

extension Rulebook {
  /// Facts that are asked for and decide nothing: fields of the main pack's own dictionary that no expression reads. What is kept
  /// for the registry is there without deciding anything.
  func checkFieldUse() -> [Diagnostic] {
    guard !main.isShared else { return [] }
    let read = namesRead
    return dictionary.types.filter { !$0.isForRegistry }.flatMap { type in
      type.fields.filter { field in
        ownFiles.contains(field.place.file) && !type.needs(field) && !read.contains(field.name)
      }.map { Diagnostic("policy.field.unused", .warning, at: $0.place, ["field": $0.name, "record": type.name]) }
    }
  }

  /// Every name and entry that stands in an expression of the packs. Which record an entry is of is not asked: a field
  /// counts as read when one of its name is.
  private var namesRead: Set<String> {
    var names: Set<String> = []
    for node in expressionNodes {
      switch node.kind {
      case .name(let name): names.insert(name.text)
      case .path(_, let member): names.insert(member)
      case .call(let call):
        // `get value(record, "field")`
        for case .literal(.string(let text)) in call.arguments.map(\.kind) { names.insert(text) }
      default: break
      }
    }
    return names
  }

  private var expressionNodes: [Node] {
    let roots = schemes.flatMap(\.allExpressions).map(\.root) + declarations.flatMap(\.expressions).map(\.root)
    return allDecisions.flatMap(\.nodes) + roots.flatMap(\.all)
  }
}

extension RecordType {
  /// Fields that serve the record itself: its key, its name, what it belongs to and leads to.
  fileprivate func needs(_ field: Field) -> Bool {
    [key, display, owner].contains(field.name) || field.type.kind == .reference
  }
}
