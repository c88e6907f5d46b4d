import Diagnostics

/// Names and paths.
extension Invocation {
  mutating func read(_ name: Name, at node: Node) -> Value {
    guard spend(Self.lookUpWork(name.text)) else { return .null() }
    for slot in name.filterSlots {
      if case .context(let item) = locals[base + slot].value, let value = item[name.text] {
        note(locals[base + slot])
        note(value)
        return value
      }
    }
    if let slot = name.slot {
      let binding = locals[base + slot]
      note(binding)
      return binding.value
    }
    if let builtin = name.builtin { return .function(FunctionValue(builtin)) }
    guard let binding = scope.binding(for: name.text) else { return unknown(name, at: node) }
    note(binding)
    return binding.value
  }

  /// What finding a name takes beyond the node itself: a long one is hashed and compared whole.
  static func lookUpWork(_ name: String) -> Int { name.utf8.count / 64 }

  /// Null. In a filter the name may be an entry that this element happens not to have: no cause for a warning.
  private mutating func unknown(_ name: Name, at node: Node) -> Value {
    for slot in name.filterSlots {
      if case .context = locals[base + slot].value { return .null() }
    }
    guard canWarn else { return .null() }
    let advice = NameUse.advice(on: name.text, among: Builtins.names)
    warn(advice.code, advice.arguments, at: node)
    return .null()
  }

  /// `value.member`: an entry, a property, or for a list the member of each element.
  mutating func path(_ value: Value, _ member: String, at node: Node) -> Value {
    guard spend(Self.lookUpWork(member)) else { return .null() }
    guard case .list(let items) = value else {
      let result = self.member(member, of: value, at: node)
      note(result)
      return result
    }
    return members(member, of: items)
  }

  /// Of lists inside the list, lists (DMN 1.5 §10.3.1.5).
  private mutating func members(_ member: String, of items: [Value]) -> Value {
    guard spend(items.count * (1 + Self.lookUpWork(member))) else { return .null() }
    var values: [Value] = []
    for item in items {
      if case .list(let inner) = item {
        values.append(members(member, of: inner))
      } else {
        values.append(item.property(named: member) ?? .null())
      }
    }
    return .list(values)
  }

  private mutating func member(_ member: String, of value: Value, at node: Node) -> Value {
    if let result = value.property(named: member) { return result }
    switch value {
    case .null: return value
    case .context(let context):
      guard canWarn else { return .null() }
      let near = nearWord(to: member, among: context.names)
      let code = near == nil ? "feel.evaluate.entry" : "feel.evaluate.entry.near"
      warn(code, ["name": member, "near": near ?? ""], at: node)
    default:
      warn("feel.evaluate.property", ["name": member, "type": value.typeName], at: node)
    }
    return .null()
  }
}
