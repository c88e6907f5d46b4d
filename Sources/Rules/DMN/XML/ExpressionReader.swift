import Diagnostics
import FEEL

/// Reads boxed expressions (DMN 1.5 §10.2). What cannot be read becomes ``BoxedExpression/invalid(_:)``.
///
/// A value: whoever reads what stands in a context or a function reads on with a reader that knows the names bound
/// there.
struct ExpressionReader {
  let typeNames: TypeNames
  private(set) var names: KnownNames
  /// Names of several words that entries may have.
  let members: Set<String>

  init(_ typeNames: TypeNames, names: KnownNames, members: Set<String>) {
    self.typeNames = typeNames
    self.names = names
    self.members = members
  }

  /// A reader that knows more names, which contexts may hold as entries too.
  func knowing(_ more: some Sequence<String>) -> ExpressionReader {
    var reader = self
    for name in more {
      reader.names.insert(name)
      reader.names.insert(member: name)
    }
    return reader
  }

  // MARK: - Expressions

  private typealias Read = @Sendable (ExpressionReader, XMLTree) throws(Diagnostic) -> BoxedExpression?

  private static let forms: [String: Read] = [
    "literalExpression": { (reader, tree) throws(Diagnostic) in try reader.literal(tree) },
    "decisionTable": { (reader, tree) throws(Diagnostic) in .table(try reader.table(tree)) },
    "context": { reader, tree in .context(reader.context(tree)) },
    "relation": { (reader, tree) throws(Diagnostic) in .relation(try reader.relation(tree)) },
    "list": { reader, tree in .list(tree.children.compactMap { reader.expression($0) }) },
    "invocation": { reader, tree in .invocation(reader.invocation(tree)) },
    "functionDefinition": { reader, tree in reader.function(tree).map { .function($0) } },
    "conditional": { reader, tree in .conditional(reader.conditional(tree)) },
    "filter": { reader, tree in .filter(reader.filter(tree)) },
    "for": { reader, tree in .iteration(reader.iteration(.for, tree, body: "return")) },
    "every": { reader, tree in .iteration(reader.iteration(.every, tree, body: "satisfies")) },
    "some": { reader, tree in .iteration(reader.iteration(.some, tree, body: "satisfies")) },
  ]

  /// The expression that stands in an element, with the type it declares; nil when there is none.
  func expression(in tree: XMLTree) -> (BoxedExpression, TypeReference?)? {
    guard let inner = tree.children.first(where: { Self.forms[$0.name] != nil && $0.namespace == tree.namespace }),
      let expression = expression(inner)
    else { return nil }
    return (expression, typeNames.type(of: inner))
  }

  /// nil for what is no expression, and for one that is left open.
  func expression(_ tree: XMLTree) -> BoxedExpression? {
    guard let read = Self.forms[tree.name] else { return nil }
    do throws(Diagnostic) {
      return try read(self, tree)
    } catch {
      return .invalid([error])
    }
  }

  /// The expression inside a part that must have one (`if`, `in`, `satisfies`); an error stands in for a missing one.
  func part(_ name: String, of tree: XMLTree) -> BoxedExpression {
    guard let part = tree.child(name), let (expression, _) = expression(in: part) else {
      return .invalid([
        Diagnostic("dmn.xml.child", at: tree.place, ["element": tree.name, "child": name])
      ])
    }
    return expression
  }

  // MARK: - Texts

  private func literal(_ tree: XMLTree) throws(Diagnostic) -> BoxedExpression? {
    if let language = tree.attribute("expressionLanguage"), !DMNVersion.isFEEL(language) {
      throw Diagnostic("dmn.xml.language", at: tree.place, ["language": language])
    }
    return try feel(tree).map { .literal($0) }
  }

  /// The text of a literal expression, an input expression or an output entry; nil when it is empty.
  func feel(_ tree: XMLTree?) throws(Diagnostic) -> Expression? {
    guard let text = tree?.child("text"), !text.text.trimmed.isEmpty else { return nil }
    return try Expression(parsing: text.text, names: names, at: text.place)
  }

  /// The text of an input entry or of allowed values; nil when it is empty.
  func tests(_ tree: XMLTree?) throws(Diagnostic) -> UnaryTests? {
    guard let text = tree?.child("text"), !text.text.trimmed.isEmpty else { return nil }
    return try UnaryTests(parsing: text.text, names: names, at: text.place)
  }
}
