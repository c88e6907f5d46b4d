/// Draws decision tables over the names of a scope.
struct TableDraw {
  typealias Kind = PackScope.Kind

  var draw: ExpressionDraw

  /// A table whose one output has the decision's name.
  /// - Returns: nothing of a kind where the table comes to a list.
  mutating func table(_ name: String, _ kind: Kind) -> (text: String, isList: Bool) {
    let policies: [String] =
      kind == .number
      ? ["U", "A", "P", "F", "F", "C", "C+", "C<", "C>", "C#", "R", "O"] : ["U", "U", "A", "P", "F", "F", "R"]
    let policy = draw.pick(policies)
    return (table(policy: policy, outputs: [(name, kind)]), ["C", "R", "O"].contains(policy))
  }

  /// A table of several outputs, o0, o1 and so on.
  mutating func table(_ name: String, _ kinds: [Kind]) -> String {
    table(policy: draw.pick(["U", "A", "F"]), outputs: kinds.enumerated().map { ("o\($0)", $1) })
  }

  private mutating func table(policy: String, outputs: [(name: String, kind: Kind)]) -> String {
    var inputs: [(text: String, kind: Kind)] = []
    for _ in 0..<draw.pick([1, 1, 2, 3]) {
      let kind = draw.pick([Kind.number, .number, .text, .boolean, .date])
      inputs.append((draw.once(in: 4) ? draw.expression(kind, 1) : draw.atom(kind), kind))
    }
    var header = [policy], marker = [""]
    for (text, kind) in inputs {
      header.append(kind == .number && text == "income" && draw.once(in: 3) ? "income（万元）" : text)
      let isClosed = text == "size" && draw.once(in: 2)
      marker.append(isClosed ? "i values \"大\", \"中\"" : "i")
    }
    var allowed: [[String]] = []
    for (name, kind) in outputs {
      let literals = (0..<4).map { _ in draw.literal(kind) }.reduce(into: [String]()) { all, one in
        if !all.contains(one), one != "时点" { all.append(one) }
      }
      let isClosed = !literals.isEmpty && (["P", "O"].contains(policy) || draw.once(in: 6))
      allowed.append(isClosed ? literals : [])
      header.append(name)
      var cell = "o"
      if isClosed { cell += " values " + literals.joined(separator: ", ") }
      if draw.once(in: 4) { cell += " default " + (isClosed ? draw.pick(literals) : draw.literal(kind)) }
      marker.append(cell)
    }
    var rows = [header, Array(repeating: "---", count: header.count), marker]
    for rule in 1...draw.pick([1, 2, 3, 4, 6]) {
      var row = ["\(rule)"]
      for (_, kind) in inputs { row.append(cell(kind)) }
      for (index, output) in outputs.enumerated() { row.append(self.output(output.kind, allowed[index], policy)) }
      rows.append(row)
    }
    return rows.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n") + "\n"
  }

  private mutating func cell(_ kind: Kind) -> String {
    switch draw.roll(12) {
    case 0...2: return "-"
    case 3: return "not(\(draw.tests(kind)))"
    case 4 where kind == .number: return "? > \(draw.literal(.number)) and ? < \(draw.atom(.number))"
    default: return draw.tests(kind)
    }
  }

  private mutating func output(_ kind: Kind, _ allowed: [String], _ policy: String) -> String {
    // A priority can be told of what is written out.
    if !allowed.isEmpty, policy == "P" || policy == "O" || !draw.once(in: 4) { return draw.pick(allowed) }
    return draw.once(in: 3) ? draw.expression(kind, 1) : draw.literal(kind)
  }
}
