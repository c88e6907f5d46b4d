import Diagnostics
import FEEL

/// Contexts, relations, functions and their calls, control.
extension ExpressionReader {
  /// Each entry knows the names of those before it.
  func context(_ tree: XMLTree) -> BoxedContext {
    var reader = self
    var context = BoxedContext([])
    for entry in tree.children("contextEntry") {
      let own = entry.child("functionDefinition").flatMap { _ in entry.child("variable")?.elementName }
      let read = reader.knowing([own].compactMap(\.self)).expression(in: entry)
      guard let variable = entry.child("variable") else {
        context.result = read?.0 ?? missing(entry)
        continue
      }
      var item = typeNames.item(variable)
      item.type = item.type ?? read?.1
      context.entries.append(BoxedContext.Entry(item, read?.0 ?? missing(entry)))
      reader = reader.knowing([item.name])
    }
    return context
  }

  private func missing(_ tree: XMLTree) -> BoxedExpression {
    .invalid([Diagnostic("dmn.xml.child", .warning, at: tree.place, ["element": tree.name, "child": "expression"])])
  }

  func relation(_ tree: XMLTree) throws(Diagnostic) -> Relation {
    let columns = tree.children("column").map { typeNames.item($0) }
    var rows: [[BoxedExpression]] = []
    for row in tree.children("row") {
      let cells = row.children.compactMap { expression($0) }
      guard cells.count == columns.count else {
        let arguments = ["given": String(cells.count), "expected": String(columns.count)]
        throw Diagnostic("dmn.xml.row", at: row.place, arguments)
      }
      rows.append(cells)
    }
    return Relation(columns: columns, rows: rows)
  }

  func invocation(_ tree: XMLTree) -> BoxedInvocation {
    let callee = expression(in: tree)?.0 ?? missing(tree)
    let arguments = tree.children("binding").map { binding in
      let parameter = binding.child("parameter").map { typeNames.item($0) } ?? InformationItem("")
      return BoxedInvocation.Argument(parameter, expression(in: binding)?.0)
    }
    return BoxedInvocation(callee, arguments: arguments, place: tree.place)
  }

  /// A function definition, or the logic of a knowledge model; nil when there is none.
  func function(_ tree: XMLTree?) -> BoxedFunction? {
    guard let tree else { return nil }
    let parameters = tree.children("formalParameter").map { typeNames.item($0) }
    let read = knowing(parameters.map(\.name)).expression(in: tree)
    let name = tree.attribute("kind") ?? BoxedFunction.Kind.feel.rawValue
    guard let kind = BoxedFunction.Kind(rawValue: name) else {
      let problem = Diagnostic("dmn.xml.word", at: tree.place, ["attribute": "kind", "found": name])
      return BoxedFunction(parameters: parameters, body: .invalid([problem]), place: tree.place)
    }
    return BoxedFunction(
      kind: kind, parameters: parameters, body: read?.0, result: kind == .feel ? read?.1 : typeNames.type(of: tree),
      place: tree.place)
  }

  func conditional(_ tree: XMLTree) -> BoxedConditional {
    BoxedConditional(
      if: part("if", of: tree), then: part("then", of: tree), else: part("else", of: tree), place: tree.place)
  }

  /// The condition reads the item as `item` and its entries by their names.
  func filter(_ tree: XMLTree) -> BoxedFilter {
    BoxedFilter(
      part("in", of: tree), match: knowing(members.union(["item"])).part("match", of: tree), place: tree.place)
  }

  func iteration(_ kind: BoxedIteration.Kind, _ tree: XMLTree, body: String) -> BoxedIteration {
    let name = tree.attribute("iteratorVariable")?.normalisedName ?? ""
    let bound = kind == .for ? [name, "partial"] : [name]
    let variable = InformationItem(name, type: typeNames.type(of: tree.child("in")))
    return BoxedIteration(
      kind, variable, in: part("in", of: tree), body: knowing(bound).part(body, of: tree), place: tree.place)
  }
}
