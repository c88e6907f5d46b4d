import Diagnostics
import FEEL

extension Rulebook {
  /// The static checks of a rulebook that could be read; examples are run apart (``checkExamples()``).
  func check() -> [Diagnostic] {
    checkNames() + checkDuplicates() + checkCycles() + checkClauses() + checkReferences() + checkUnits()
      + checkTypes() + checkParameterUse() + checkFieldUse() + checkTables() + checkCliffs()
  }

  // MARK: clauses

  private func checkClauses() -> [Diagnostic] {
    packs.flatMap { pack in pack.documents.flatMap { checkClauses(of: $0) } }
  }

  private func checkClauses(of document: PolicyDocument) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let written = document.clauses.compactMap(\.clause)
    if document.outline.isEmpty {
      found.append(Diagnostic("policy.outline.missing", .warning, at: document.place))
    } else {
      for clause in document.outline where !written.contains(clause) {
        found.append(Diagnostic("policy.clause.missing", at: document.outlinePlace, ["clause": clause]))
      }
      for section in document.clauses {
        guard let clause = section.clause, !document.outline.contains(clause) else { continue }
        let near = nearWord(to: clause, among: document.outline) ?? "—"
        found.append(Diagnostic("policy.clause.unknown", at: section.clausePlace, ["clause": clause, "near": near]))
      }
    }
    for clause in document.clauses where state(of: clause, in: document) == .silent {
      found.append(
        Diagnostic("policy.clause.silent", at: clause.place, ["clause": clause.clause ?? "", "name": clause.heading]))
    }
    return found
  }

  // MARK: names

  /// One name, one thing; versions of it over disjoint intervals.
  private func checkDuplicates() -> [Diagnostic] {
    var found: [Diagnostic] = []
    for versions in decisions.values {
      found += overlaps(versions.map { ($0.name, $0.inForce, $0.place) }, "policy.decision.overlap")
    }
    for versions in parametersByName.values {
      found += overlaps(versions.map { ($0.name, $0.inForce, $0.place) }, "policy.parameter.overlap")
    }
    for name in decisions.keys where parametersByName[name] != nil {
      if let place = decisions[name]?.first?.place {
        found.append(Diagnostic("policy.name.twice", at: place, ["name": name]))
      }
    }
    for type in dictionary.types {
      for field in type.fields where decisions[field.name] != nil || parametersByName[field.name] != nil {
        let place = decisions[field.name]?.first?.place ?? parametersByName[field.name]?.first?.place ?? field.place
        found.append(Diagnostic("policy.name.shadows", at: place, ["name": field.name, "record": type.name]))
      }
    }
    for versions in schemeVersions { found += checkVersions(versions) }
    return found + twice(examples.map { ($0.name, $0.place) })
  }

  /// Versions of one scheme are of one kind, about one record type, and never in force together.
  private func checkVersions(_ versions: [Scheme]) -> [Diagnostic] {
    let others = versions.filter { $0.kind != versions[0].kind || $0.about != versions[0].about }
    if let other = others.first { return [Diagnostic("policy.name.twice", at: other.place, ["name": other.name])] }
    return overlaps(versions.map { ($0.name, $0.inForce, $0.place) }, "policy.scheme.overlap")
  }

  private func overlaps(_ versions: [(String, Period, SourcePlace)], _ code: String) -> [Diagnostic] {
    versions.enumerated().flatMap { index, version in
      versions[..<index].filter { $0.1.overlaps(version.1) }.map {
        Diagnostic(code, at: version.2, ["name": version.0, "other": $0.2.description])
      }
    }
  }

  private func twice(_ names: [(String, SourcePlace)]) -> [Diagnostic] {
    var seen: Set<String> = []
    return names.filter { !seen.insert($0.0).inserted }.map {
      Diagnostic("policy.name.twice", at: $0.1, ["name": $0.0])
    }
  }

  private func checkCycles() -> [Diagnostic] {
    cycles.map { path in
      let place = decisions[path[0]]?.first?.place ?? main.place
      return Diagnostic("policy.decision.cycle", at: place, ["path": path.joined(separator: " → ")])
    }
  }

  /// A parameter nothing reads is a figure that decides nothing.
  private func checkParameterUse() -> [Diagnostic] {
    var used = names(in: schemes.flatMap { $0.allExpressions.flatMap(\.nameUses) })
    used.formUnion(names(in: allDecisions.flatMap(\.expressionUses)))
    used.formUnion(names(in: declarations.flatMap { $0.expressions.flatMap(\.nameUses) }))
    return main.allParameters.filter { !used.contains($0.name) }.map {
      Diagnostic("policy.parameter.unused", .warning, at: $0.place, ["name": $0.name])
    }
  }
}

extension Pack {
  var allParameters: [Parameter] {
    documents.flatMap { $0.sections.flatMap(\.constructs) }.compactMap {
      if case .parameter(let parameter) = $0 { parameter } else { nil }
    }
  }
}
