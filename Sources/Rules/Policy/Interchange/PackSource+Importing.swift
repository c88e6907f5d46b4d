public import DMN
public import Diagnostics
import FEEL

extension PackSource {
  /// A decision model as a pack: input data becomes a record type with a field for each, structured input data record
  /// types of their own, decisions 决策, knowledge models 函数; each decision is a clause.
  ///
  /// What a pack cannot say (durations as facts, tables inside other expressions, services, imported models) is named in
  /// the diagnostics and stands in the pack as a clause that is 不可计算, with the reason.
  /// - Returns: the files, and what was not carried over or is wrong in the pack that came out.
  public static func importing(_ linked: LinkedModel) -> (PackSource, [Diagnostic]) {
    var writer = PackWriter(linked.model)
    let source = writer.write()
    let (_, found) = Rulebook.read(source)
    return (source, writer.diagnostics + found.filter { $0.severity == .error })
  }
}

/// Writes a decision model as the files of a pack.
struct PackWriter {
  let model: DecisionModel
  let types: ItemTypes
  private(set) var diagnostics: [Diagnostic] = []
  private var clause = 0
  private let words = Keywords.shared

  init(_ model: DecisionModel) {
    self.model = model
    types = ItemTypes(model.items)
  }

  mutating func write() -> PackSource {
    let dictionary = dictionary()
    let document = document()
    return PackSource(files: [
      File(path: PackSource.manifestName, text: manifest), File(path: "dictionary.md", text: dictionary),
      File(path: "model.md", text: document),
    ])
  }

  typealias File = PackSource.File

  private var manifest: String {
    let letters = model.name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let id = String(letters).split(separator: "-").joined(separator: "-")
    return """
      id: \(id.isEmpty ? "model" : id)
      title: \(model.name.quotedYAML)
      jurisdiction: "000000"
      version: 1.0.0

      """
  }

  mutating func report(_ code: String, at place: SourcePlace, _ arguments: [String: String]) {
    diagnostics.append(Diagnostic(code, .warning, at: place, arguments))
  }

  // MARK: - The document

  private mutating func document() -> String {
    let notGiven = words.word("not-given", as: .word)
    var sections: [String] = []
    for element in model.elements {
      switch element {
      case .decision(let decision): sections.append(section(decision))
      case .knowledgeModel(let knowledge): sections.append(section(knowledge))
      case .service(let service):
        sections.append(refused(service.variable.name, "policy.import.service", at: service.place))
      case .input, .knowledgeSource: break
      }
    }
    for item in model.imports {
      sections.append(refused(item.name.isEmpty ? item.namespace : item.name, "policy.import.import", at: model.place))
    }
    let outline = (1...max(clause, 1)).map(String.init).joined(separator: ", ")
    return """
      ---
      id: model
      title: \(model.name.quotedYAML)
      issuer: \(notGiven)
      number: \(notGiven)
      issued: \(notGiven)
      in-force: ..
      outline: [\(outline)]
      ---

      """ + sections.joined(separator: "\n")
  }

  private mutating func heading(_ name: String, _ documentation: String?) -> String {
    clause += 1
    let text = documentation.map { "\n\($0.oneLine)\n" } ?? ""
    return "# \(name)\n\n- \(words.word("clause", as: .field))：\(clause)\n\(text)\n"
  }

  /// A clause that says why it cannot be computed.
  private mutating func refused(
    _ name: String, _ code: String, at place: SourcePlace, _ arguments: [String: String] = [:]
  ) -> String {
    report(code, at: place, arguments.merging(["name": name]) { $1 })
    clause += 1
    let reason = diagnostics.last?.problem(in: .chinese) ?? ""
    return """
      # \(name)

      - \(words.word("clause", as: .field))：\(clause)
      - \(words.word("not-computable", as: .field))：\(reason.oneLine)

      """
  }

  private mutating func section(_ decision: Decision) -> String {
    let name = decision.variable.name
    guard let expression = decision.expression else {
      return refused(name, "policy.import.empty", at: decision.place)
    }
    if case .function(let function) = expression, function.kind == .feel {
      return section(function, named: name, decision.documentation, at: decision.place)
    }
    guard let body = body(expression, named: name) else {
      return refused(name, "policy.import.expression", at: decision.place)
    }
    let about = hasInputs ? "- \(words.word("about", as: .field))：\(record)\n" : ""
    return heading(name, decision.documentation)
      + "### \(words.word("decision", as: .construct))：\(name)\n\n\(about)- \(words.word("type", as: .field))："
      + "\(typeWord(decision.variable.type, of: expression))\n\n\(body)\n"
  }

  private mutating func section(_ knowledge: BusinessKnowledgeModel) -> String {
    let name = knowledge.variable.name
    guard let logic = knowledge.logic, logic.kind == .feel else {
      return refused(name, "policy.import.empty", at: knowledge.place)
    }
    var typed = logic
    typed.result = logic.result ?? knowledge.variable.type
    return section(typed, named: name, knowledge.documentation, at: knowledge.place)
  }

  private mutating func section(
    _ function: BoxedFunction, named name: String, _ documentation: String?, at place: SourcePlace
  ) -> String {
    guard let expression = function.body, let body = body(expression, named: name) else {
      return refused(name, "policy.import.expression", at: place)
    }
    let formals = function.parameters.map { "\($0.name)（\(formalWord($0.type))）" }.joined(separator: "、")
    let parameters = formals.isEmpty ? "" : "- \(words.word("parameters", as: .field))：\(formals)\n"
    return heading(name, documentation)
      + "### \(words.word("function", as: .construct))：\(name)\n\n\(parameters)- \(words.word("type", as: .field))："
      + "\(typeWord(function.result, of: expression))\n\n\(body)\n"
  }

  /// A table, or a `feel` block; nil when the expression is neither.
  private func body(_ expression: BoxedExpression, named name: String) -> String? {
    if case .table(let table) = expression { return MarkdownTable(table, named: name).text }
    guard let text = expression.feelText, !text.contains("```") else { return nil }
    return "```feel\n\(text)\n```\n"
  }
}

extension String {
  /// As a string of YAML, whatever it holds.
  fileprivate var quotedYAML: String { "'" + oneLine.replacing("'", with: "''") + "'" }

  /// Headings, fields and cells end at the line's end.
  var oneLine: String { split(whereSeparator: \.isNewline).map(\.trimmed).joined(separator: " ") }
}
