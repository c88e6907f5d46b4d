import CLibXML2
import Diagnostics

/// Reads a part of a workbook piece by piece and tells a listener what stands in it.
///
/// Nothing outside is fetched, and a DOCTYPE is refused, and with it every entity of its own. What the parser holds
/// back is bounded, whatever stands in the part.
final class PartParser {
  private let part: ZipPart
  private let listener: any PartListener
  private let namespace: PartNamespace
  private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private var context: xmlParserCtxtPtr?
  private var problem: Diagnostic?
  /// Whether there is a problem; quicker to look at.
  private var isStopped = false
  private var isAtEnd = false
  private var depth = 0
  /// How deep the parser is inside an element that nobody wants to hear of.
  private var unheard = 0
  /// One bit for each open element: whether it preserves white space.
  private var preserving: UInt64 = 0
  /// The name of a namespace is one and the same pointer throughout a part.
  private var knownNamespace: UnsafePointer<UInt8>?

  private static let mostDepth = 60
  private static let mostAttributes = 200
  /// Of a tag or comment: it is kept until its end is seen.
  private static let mostPendingBytes = 128 << 10

  init(_ part: ZipPart, namespace: PartNamespace = .main, for listener: any PartListener) {
    self.part = part
    self.namespace = namespace
    self.listener = listener
  }

  deinit {
    xmlFreeParserCtxt(context)
    chunk.deallocate()
  }

  /// Reads to the end.
  func finish() throws(Diagnostic) {
    while try advance() {}
  }

  /// Reads a piece.
  /// - Returns: false at the end of the part.
  func advance() throws(Diagnostic) -> Bool {
    if let problem { throw problem }
    if isAtEnd { return false }
    let count = try part.read(into: chunk)
    parse(count)
    if let problem { throw problem }
    isAtEnd = count == 0
    return !isAtEnd
  }

  private func parse(_ count: Int) {
    let state = Unmanaged.passUnretained(self).toOpaque()
    if context == nil { open(state) }
    // Errors of the conversion of encodings know no parser; without this they would be printed.
    xmlSetStructuredErrorFunc(state, Self.onError)
    let code = xmlParseChunk(
      context, chunk.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(count), count == 0 ? 1 : 0)
    xmlSetStructuredErrorFunc(nil, nil)
    if code != 0, !isStopped, context?.pointee.wellFormed == 0 { fail("code \(code)", line: 0) }
    if let input = context?.pointee.input, input.pointee.end - input.pointee.cur > Self.mostPendingBytes {
      stop("spreadsheet.xml.bounds")
    }
  }

  private func open(_ state: UnsafeMutableRawPointer) {
    xmlInitParser()
    var handlers = Self.handlers()
    context = xmlCreatePushParserCtxt(&handlers, state, nil, 0, nil)
    // Without NOENT “&amp;” in an attribute would stay “&#38;”; entities of the document's own are refused anyway.
    xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue))
  }

  /// Keeps the first problem and reads no further.
  private func stop(_ problem: Diagnostic) {
    guard !isStopped else { return }
    self.problem = problem
    isStopped = true
    if let context { xmlStopParser(context) }
  }

  private func stop(_ code: String, _ arguments: [String: String] = [:]) {
    let arguments = arguments.merging(["part": part.name]) { $1 }
    stop(Diagnostic(code, at: SourcePlace(file: part.archive.path), arguments))
  }
}

// MARK: - Events

extension PartParser {
  private typealias Text = UnsafePointer<xmlChar>

  private func begin(_ name: Text, _ uri: Text?, _ attributes: UnsafeMutablePointer<Text?>?, _ count: Int) {
    guard !isStopped else { return }
    depth += 1
    guard depth <= Self.mostDepth, count <= Self.mostAttributes else { return stop("spreadsheet.xml.bounds") }
    if unheard > 0 || !isKnown(uri) {
      unheard += 1
      return
    }
    let preserves = preservesSpace(attributes, count)
    let element = PartElement(
      name: name, preservesSpace: preserves, attributes: attributes, attributeCount: count)
    do {
      if try !listener.begin(element) { unheard = 1 }
    } catch {
      stop(error)
    }
  }

  private func isKnown(_ uri: Text?) -> Bool {
    guard namespace != .any else { return true }
    guard let uri else { return false }
    if uri == knownNamespace { return true }
    guard namespace.holds(uri) else { return false }
    knownNamespace = uri
    return true
  }

  /// `xml:space`, which an element hands down to those inside it.
  private func preservesSpace(_ attributes: UnsafeMutablePointer<Text?>?, _ count: Int) -> Bool {
    let own = UInt64(1) << UInt64(depth)
    preserving = preserving & (own - 1) | (preserving & (own >> 1)) << 1
    guard let attributes else { return preserving & own != 0 }
    for index in 0..<count where attributes[5 * index + 1] != nil {
      guard let name = attributes[5 * index], let prefix = attributes[5 * index + 1], prefix.isEqual(to: "xml"),
        name.isEqual(to: "space"), let start = attributes[5 * index + 3]
      else { continue }
      preserving = start[0] == UInt8(ascii: "p") ? preserving | own : preserving & ~own
    }
    return preserving & own != 0
  }

  private func end() {
    guard !isStopped else { return }
    depth -= 1
    if unheard > 0 {
      unheard -= 1
      return
    }
    do { try listener.end() } catch { stop(error) }
  }

  private func add(_ text: Text?, _ length: Int32) {
    guard !isStopped, unheard == 0 else { return }
    do { try listener.text(UnsafeBufferPointer(start: text, count: Int(length))) } catch { stop(error) }
  }

  private func fail(_ message: String, line: Int) {
    let detail = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    stop("spreadsheet.xml", ["detail": detail, "line": String(line)])
  }

  private static func handlers() -> xmlSAXHandler {
    var handlers = xmlSAXHandler()
    handlers.initialized = UInt32(XML_SAX2_MAGIC)
    handlers.startElementNs = { state, name, _, uri, declared, _, count, _, attributes in
      guard let name, let parser = PartParser.of(state) else { return }
      if declared > PartParser.mostAttributes { return parser.stop("spreadsheet.xml.bounds") }
      parser.begin(name, uri, attributes, Int(count))
    }
    handlers.endElementNs = { state, _, _, _ in PartParser.of(state)?.end() }
    handlers.characters = { state, text, length in PartParser.of(state)?.add(text, length) }
    handlers.ignorableWhitespace = { state, text, length in PartParser.of(state)?.add(text, length) }
    handlers.cdataBlock = { state, text, length in PartParser.of(state)?.add(text, length) }
    handlers.internalSubset = { state, _, _, _ in PartParser.of(state)?.stop("spreadsheet.doctype") }
    handlers.serror = PartParser.onError
    return handlers
  }

  private static let onError: xmlStructuredErrorFunc = { state, error in
    guard let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
    let message = error.pointee.message.map { String(cString: $0) } ?? ""
    PartParser.of(state)?.fail(message, line: Int(error.pointee.line))
  }

  private static func of(_ state: UnsafeMutableRawPointer?) -> PartParser? {
    state.map { Unmanaged<PartParser>.fromOpaque($0).takeUnretainedValue() }
  }
}
