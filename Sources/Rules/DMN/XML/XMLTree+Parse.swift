internal import CLibXML2
package import Diagnostics

/// What a document may measure. The bounds keep a hostile one from taking the memory or the stack.
enum XMLLimits {
  static let bytes = 16 << 20
  static let depth = 200
  /// Elements and attributes together.
  static let nodes = 500_000
}

extension XMLTree {
  /// Reads a document. Nothing outside of it is fetched, a DOCTYPE is refused, and with it every entity of its own.
  /// - Throws: `dmn.xml.…`, with the line.
  package init(parsing bytes: [UInt8], file: String) throws(Diagnostic) {
    guard bytes.count <= XMLLimits.bytes else {
      throw Diagnostic(
        "dmn.xml.tooLarge", at: SourcePlace(file: file), ["limit": "\(XMLLimits.bytes >> 20) MiB"])
    }
    let builder = XMLTreeBuilder(file: file)
    builder.parse(bytes)
    if let problem = builder.problem { throw problem }
    guard let root = builder.root else {
      throw Diagnostic("dmn.xml.malformed", at: SourcePlace(file: file), ["detail": "no element"])
    }
    self = root
  }
}

/// Takes the events of libxml2 and puts the tree together.
private final class XMLTreeBuilder {
  let file: String
  private(set) var root: XMLTree?
  private(set) var problem: Diagnostic?
  private var open: [XMLTree] = []
  private var nodes = 0
  private var parser: xmlParserCtxtPtr?

  init(file: String) { self.file = file }

  func parse(_ bytes: [UInt8]) {
    xmlInitParser()
    bytes.withUnsafeBytes { buffer in
      let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      guard let start, let parser = xmlCreateMemoryParserCtxt(start, Int32(buffer.count)) else {
        problem = Diagnostic("dmn.xml.malformed", at: SourcePlace(file: file), ["detail": "no element"])
        return
      }
      self.parser = parser
      run(parser)
      self.parser = nil
      xmlFreeParserCtxt(parser)
    }
  }

  private func run(_ parser: xmlParserCtxtPtr) {
    xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NODICT.rawValue | XML_PARSE_NOENT.rawValue))
    parser.pointee.sax.pointee = Self.handlers()
    parser.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
    // Errors of the conversion of encodings know no parser; without this they would be printed.
    xmlSetStructuredErrorFunc(parser.pointee.userData, Self.onError)
    xmlParseDocument(parser)
    xmlSetStructuredErrorFunc(nil, nil)
  }

  private var place: SourcePlace {
    guard let input = parser?.pointee.input else { return SourcePlace(file: file) }
    return SourcePlace(file: file, line: Int(max(1, input.pointee.line)), column: Int(max(1, input.pointee.col)))
  }

  /// Keeps the first problem and reads no further.
  func stop(_ code: String, _ arguments: [String: String] = [:], at place: SourcePlace? = nil) {
    guard problem == nil else { return }
    problem = Diagnostic(code, at: place ?? self.place, arguments)
    if let parser { xmlStopParser(parser) }
  }

  // MARK: - Events

  func begin(_ tree: XMLTree) {
    guard problem == nil else { return }
    nodes += 1 + tree.attributes.count
    if open.count >= XMLLimits.depth { return stop("dmn.xml.tooDeep", ["limit": String(XMLLimits.depth)]) }
    if nodes > XMLLimits.nodes { return stop("dmn.xml.tooMany", ["limit": String(XMLLimits.nodes)]) }
    open.append(tree)
    open[open.count - 1].place = place
  }

  func end() {
    guard problem == nil, let tree = open.popLast() else { return }
    if open.isEmpty { root = tree } else { open[open.count - 1].children.append(tree) }
  }

  func add(_ text: String) {
    guard !open.isEmpty else { return }
    open[open.count - 1].text += text
  }

  /// The namespaces in scope, with those that the next element declares.
  func prefixes(declaring declared: [(prefix: String, namespace: String)]) -> [String: String] {
    var prefixes = open.last?.prefixes ?? [:]
    for (prefix, namespace) in declared { prefixes[prefix] = namespace }
    return prefixes
  }

  func emptyTree(_ name: String, _ namespace: String, _ prefixes: [String: String]) -> XMLTree {
    XMLTree(name: name, namespace: namespace, prefixes: prefixes, place: SourcePlace(file: file))
  }
}

// MARK: - Handlers

extension XMLTreeBuilder {
  private typealias Text = UnsafePointer<xmlChar>

  private static func handlers() -> xmlSAXHandler {
    var handlers = xmlSAXHandler()
    handlers.initialized = UInt32(XML_SAX2_MAGIC)
    handlers.startElementNs = { state, name, _, uri, prefixCount, prefixes, attributeCount, _, attributes in
      XMLTreeBuilder.of(state)?.begin(name, uri, Int(prefixCount), prefixes, Int(attributeCount), attributes)
    }
    handlers.endElementNs = { state, _, _, _ in XMLTreeBuilder.of(state)?.end() }
    handlers.characters = { state, text, length in XMLTreeBuilder.of(state)?.add(text, Int(length)) }
    handlers.ignorableWhitespace = { state, text, length in XMLTreeBuilder.of(state)?.add(text, Int(length)) }
    handlers.cdataBlock = { state, text, length in XMLTreeBuilder.of(state)?.add(text, Int(length)) }
    handlers.internalSubset = { state, _, _, _ in XMLTreeBuilder.of(state)?.stop("dmn.xml.doctype") }
    handlers.serror = XMLTreeBuilder.onError
    return handlers
  }

  private static let onError: xmlStructuredErrorFunc = { state, error in
    guard let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
    let message = error.pointee.message.map { String(cString: $0) } ?? ""
    XMLTreeBuilder.of(state)?.fail(message, line: Int(error.pointee.line))
  }

  private static func of(_ state: UnsafeMutableRawPointer?) -> XMLTreeBuilder? {
    state.map { Unmanaged<XMLTreeBuilder>.fromOpaque($0).takeUnretainedValue() }
  }

  private func fail(_ message: String, line: Int) {
    let detail = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    stop("dmn.xml.malformed", ["detail": detail], at: line > 0 ? SourcePlace(file: file, line: line) : nil)
  }

  private func begin(
    _ name: Text?, _ uri: Text?, _ prefixCount: Int, _ prefixes: UnsafeMutablePointer<Text?>?, _ attributeCount: Int,
    _ attributes: UnsafeMutablePointer<Text?>?
  ) {
    guard problem == nil else { return }
    var declared: [(String, String)] = []
    for index in 0..<prefixCount {
      declared.append((Self.string(prefixes?[2 * index]), Self.string(prefixes?[2 * index + 1])))
    }
    let known = declared.isEmpty ? self.prefixes(declaring: []) : self.prefixes(declaring: declared)
    var tree = emptyTree(Self.string(name), Self.string(uri), known)
    for index in 0..<attributeCount {
      guard let attributes else { break }
      tree.attributes.append(
        XMLTree.Attribute(
          name: Self.string(attributes[5 * index]), namespace: Self.string(attributes[5 * index + 2]),
          value: Self.string(attributes[5 * index + 3], until: attributes[5 * index + 4])))
    }
    begin(tree)
  }

  private func add(_ text: Text?, _ length: Int) {
    guard problem == nil, let text else { return }
    add(String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self))
  }

  private static func string(_ text: Text?) -> String { text.map { String(cString: $0) } ?? "" }

  private static func string(_ start: Text?, until end: Text?) -> String {
    guard let start, let end else { return "" }
    return String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
  }
}
