import Diagnostics
import FEEL

extension Rulebook {
  /// What a field names must be there: bodies, funds, cases, lists, schemes.
  func checkReferences() -> [Diagnostic] {
    checkBodies() + checkNamedConstructs() + checkAttributes() + checkExclusions() + checkGroups()
  }

  private var sections: [Section] { packs.flatMap { $0.documents.flatMap(\.sections) } }

  // MARK: bodies

  /// Every body named must be declared, once a pack declares any.
  private func checkBodies() -> [Diagnostic] {
    let names = names(ofKinds: ["body"])
    guard !names.isEmpty else { return [] }
    let mentions = sections.flatMap(\.mentions) + declarations.flatMap(\.mentions)
    return mentions.filter { ["lead", "responsible"].contains($0.field) && !names.contains($0.name) }.map {
      Diagnostic(
        "policy.body.unknown", at: $0.place,
        ["body": $0.name, "near": nearWord(to: $0.name, among: names) ?? "—"])
    }
  }

  // MARK: funds, cases, lists, successors

  private func checkNamedConstructs() -> [Diagnostic] {
    let mentions = schemes.flatMap(\.mentions) + declarations.flatMap(\.mentions)
    return mentions.compactMap { mention in
      guard !["lead", "responsible", "excludes", "best-of"].contains(mention.field),
        let kinds = DeclarationKinds.shared.naming[mention.field]
      else { return nil }
      let names = names(ofKinds: kinds)
      if names.contains(mention.name) { return nil }
      let words = kinds.map { Keywords.shared.word($0, as: .construct) }.joined(separator: "、")
      return Diagnostic(
        "policy.reference.unknown", .warning, at: mention.place,
        [
          "field": Keywords.shared.word(mention.field, as: .field), "name": mention.name, "kinds": words,
          "near": nearWord(to: mention.name, among: names) ?? "—",
        ])
    }
  }

  /// What a portrait shows must be there on its record, and be of a kind that the field can use.
  private func checkAttributes() -> [Diagnostic] {
    declarations.flatMap { declaration in
      declaration.mentions.compactMap { mention in
        guard let part = PortraitOutline.Part(rawValue: mention.field) else { return nil }
        let field = Keywords.shared.word(mention.field, as: .field)
        guard let attribute = attribute(mention.name, of: declaration.about) else {
          let near = nearWord(to: mention.name, among: attributeNames(of: declaration.about))
          return Diagnostic(
            "policy.attribute.unknown", at: mention.place,
            ["field": field, "name": mention.name, "record": declaration.about ?? "—", "near": near ?? "—"])
        }
        guard let kinds = part.kinds, !kinds.contains(attribute.type.kind) else { return nil }
        let wanted = kinds.map { Keywords.shared.word($0.rawValue, as: .type) }.joined(separator: "、")
        let type = attribute.type.record ?? Keywords.shared.word(attribute.type.kind.rawValue, as: .type)
        return Diagnostic(
          "policy.attribute.kind", at: mention.place,
          ["field": field, "name": mention.name, "type": type, "wanted": wanted])
      }
    }
  }

  /// The names, and for bodies the short names, of constructs of these kinds.
  private func names(ofKinds kinds: [String]) -> [String] {
    declarations.filter { kinds.contains($0.kind) }.flatMap { declaration in
      [declaration.name] + declaration.values(of: "short-name").flatMap { $0.split(separator: "、").map { $0.trimmed } }
    } + schemes.filter { kinds.contains($0.kind.rawValue) }.map(\.name)
  }

  // MARK: stacking

  /// 不叠加 names schemes, and not its own.
  private func checkExclusions() -> [Diagnostic] {
    let names = schemes.map(\.name)
    return schemes.flatMap { scheme in
      scheme.mentions(in: "excludes").compactMap { mention in
        if mention.name == scheme.name {
          return Diagnostic("policy.stacking.self", at: mention.place, ["name": scheme.name])
        }
        if names.contains(mention.name) { return nil }
        let near = nearWord(to: mention.name, among: names) ?? "—"
        return Diagnostic("policy.stacking.unknown", at: mention.place, ["name": mention.name, "near": near])
      }
    }
  }

  /// 择优 names a group of several schemes.
  private func checkGroups() -> [Diagnostic] {
    let mentions = schemes.flatMap { scheme in scheme.mentions(in: "best-of").map { (scheme.name, $0) } }
    let groups = mentions.map(\.1.name)
    return mentions.compactMap { scheme, mention in
      let members = Set(mentions.filter { $0.1.name == mention.name }.map(\.0))
      if members.count > 1 || schemes.contains(where: { $0.name == mention.name && $0.name != scheme }) { return nil }
      let others = (groups + schemes.map(\.name)).filter { $0 != mention.name && $0 != scheme }
      return Diagnostic(
        "policy.stacking.alone", at: mention.place,
        ["group": mention.name, "name": scheme, "near": nearWord(to: mention.name, among: others) ?? "—"])
    }
  }
}
