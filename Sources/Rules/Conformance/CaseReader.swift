import DMN
import FEEL

/// Reads a file of cases (namespace `http://www.omg.org/spec/DMN/20160719/testcase`).
struct CaseReader {
  private let root: XMLTree

  init(_ root: XMLTree) { self.root = root }

  func suite() -> KitSuite {
    KitSuite(modelName: root.child("modelName")?.text.trimmedOfSpaces, cases: root.children("testCase").map(test))
  }

  private func test(_ tree: XMLTree) -> KitCase {
    let inputs = tree.children("inputNode").map { (name(of: $0), value(of: $0) ?? .null()) }
    return KitCase(
      id: tree.attribute("id") ?? "",
      target: tree.attribute("type").flatMap { KitCase.Target(rawValue: $0) } ?? .decision,
      invocable: tree.attribute("invocableName").map {
        ElementName($0.normalisedName, namespace: tree.attribute("namespace"))
      },
      inputs: Dictionary(inputs, uniquingKeysWith: { $1 }),
      results: tree.children("resultNode").map { node in
        KitCase.Result(name: name(of: node), expected: node.child("expected").map { value(of: $0) } ?? .null())
      })
  }

  private func name(of tree: XMLTree) -> ElementName {
    ElementName((tree.attribute("name") ?? "").normalisedName, namespace: tree.attribute("namespace"))
  }

  // MARK: - Values

  private static let instance = "http://www.w3.org/2001/XMLSchema-instance"

  /// A `valueType`: one of value, list and components; nil when the text is no value of its type.
  private func value(of tree: XMLTree) -> Value? {
    let isNil = ["true", "1"].contains(tree.attribute("nil", namespace: Self.instance) ?? "")
    if isNil { return .null() }
    if let value = tree.child("value") { return scalar(value) }
    if let list = tree.child("list") { return items(of: list) }
    let components = tree.children("component")
    return components.isEmpty ? .null() : context(of: components)
  }

  private func items(of tree: XMLTree) -> Value? {
    if tree.attribute("nil", namespace: Self.instance) == "true" { return .null() }
    var items: [Value] = []
    for item in tree.children("item") {
      guard let value = value(of: item) else { return nil }
      items.append(value)
    }
    return .list(items)
  }

  private func context(of components: [XMLTree]) -> Value? {
    var context = Context()
    for component in components {
      guard let value = value(of: component) else { return nil }
      context[(component.attribute("name") ?? "").normalisedName] = value
    }
    return .context(context)
  }

  private func scalar(_ tree: XMLTree) -> Value? {
    if ["true", "1"].contains(tree.attribute("nil", namespace: Self.instance) ?? "") { return .null() }
    guard let type = tree.attribute("type", namespace: Self.instance) else { return .string(tree.text) }
    let name = tree.resolved(type).name
    return name == "string" ? .string(tree.text) : Self.forms[name]?(tree.text.trimmedOfSpaces)
  }

  /// The types of XML Schema that cases use, besides string.
  private static let forms: [String: @Sendable (String) -> Value?] = {
    let number: @Sendable (String) -> Value? = { Decimal128($0).map { .number($0) } }
    return [
      "boolean": { ["true": .boolean(true), "1": .boolean(true), "false": .boolean(false), "0": .boolean(false)][$0] },
      "decimal": number, "double": number, "float": number, "integer": number, "int": number, "long": number,
      "date": { CalendarDate($0).map { .date($0) } },
      "time": { TimeOfDay($0).map { .time($0) } },
      "dateTime": { DateTime($0).map { .dateTime($0) } },
      "duration": { text in
        MonthsDuration(text).map { .monthsDuration($0) } ?? DaysDuration(text).map { .daysDuration($0) }
      },
    ]
  }()
}

extension String {
  fileprivate var trimmedOfSpaces: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
