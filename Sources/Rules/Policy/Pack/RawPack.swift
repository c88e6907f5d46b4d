import Diagnostics

/// A pack's texts taken apart, before any expression is read: that needs the names of all packs together.
struct RawPack {
  var id = ""
  var title = ""
  var jurisdiction = ""
  var version = ""
  var uses: [Pack.Use] = []
  var usesPlace: SourcePlace
  var isShared = false
  var place: SourcePlace
  var records: [RawConstruct] = []
  var documents: [(raw: RawDocument, front: PolicyDocument)] = []

  /// Every construct with the document and section it stands in.
  func forEachConstruct(_ body: (RawConstruct, PolicyDocument, RawSection) -> Void) {
    for document in documents {
      for section in document.raw.sections {
        for construct in section.constructs { body(construct, document.front, section) }
      }
    }
  }
}

/// Takes a pack's folder apart. Collects every problem and goes on.
struct PackReader {
  private(set) var diagnostics: [Diagnostic] = []

  mutating func read(_ source: PackSource) -> RawPack {
    let root = source.files.first.map { SourcePlace(file: $0.path) } ?? SourcePlace(file: PackSource.manifestName)
    var pack = RawPack(usesPlace: root, place: root)
    guard isWithinSize(source, root) else { return pack }
    if let manifest = source.files.first(where: { $0.name == PackSource.manifestName }) {
      readManifest(manifest, into: &pack)
    } else {
      diagnostics.append(Diagnostic("policy.manifest.missing", at: root))
    }
    for file in source.files where file.name.hasSuffix(".md") && !file.isPassedOver { readMarkdown(file, into: &pack) }
    return pack
  }

  private mutating func isWithinSize(_ source: PackSource, _ root: SourcePlace) -> Bool {
    var total = 0
    for file in source.files {
      total += file.text.utf8.count
      if file.text.utf8.count > PackSource.maximumFileSize {
        diagnostics.append(Diagnostic("policy.file.size", at: SourcePlace(file: file.path), ["limit": "1 MiB"]))
        return false
      }
    }
    if total > PackSource.maximumSize {
      diagnostics.append(Diagnostic("policy.file.size", at: root, ["limit": "16 MiB"]))
    }
    return total <= PackSource.maximumSize
  }

  private mutating func readManifest(_ file: PackSource.File, into pack: inout RawPack) {
    let front = FrontMatter(file.text, file: file.path, lineOffset: 0)
    diagnostics += front.diagnostics
    pack.place = SourcePlace(file: file.path)
    checkKeys(of: front, allowed: ["id", "title", "jurisdiction", "version", "uses", "shared"])
    pack.id = required("id", front, pack.place)
    pack.title = required("title", front, pack.place)
    pack.jurisdiction = required("jurisdiction", front, pack.place)
    pack.version = required("version", front, pack.place)
    if !pack.id.isEmpty, !pack.id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) {
      diagnostics.append(
        Diagnostic("policy.manifest.id", at: front.entries["id"]?.place ?? pack.place, ["id": pack.id]))
    }
    pack.isShared = !front.diagnostics.isEmpty
    if let shared = front.text("shared") {
      pack.isShared = Keywords.shared.isWord(shared, "yes")
      if !pack.isShared, !Keywords.shared.isWord(shared, "no") {
        let words = ["yes", "no"].map { Keywords.shared.word($0, as: .word, in: .english) }
        diagnostics.append(
          Diagnostic(
            "policy.word.unknown", at: front.entries["shared"]?.place ?? pack.place,
            ["word": shared, "words": words.joined(separator: ", ")]))
      }
    }
    pack.usesPlace = front.entries["uses"]?.place ?? pack.place
    pack.uses = (front.entries["uses"]?.maps ?? []).compactMap { map in
      map["pack"].map { Pack.Use(pack: $0, alias: map["as"]) }
    }
  }

  private mutating func readMarkdown(_ file: PackSource.File, into pack: inout RawPack) {
    var reader = DocumentReader(file: file.path)
    let raw = reader.read(file.text)
    diagnostics += reader.diagnostics
    let records = raw.sections.flatMap(\.constructs).filter { $0.keyword == "record" }
    pack.records += records
    if raw.frontMatter.isEmpty {
      if file.name != "dictionary.md" {
        diagnostics.append(Diagnostic("policy.front-matter.missing", at: SourcePlace(file: file.path)))
      }
      return
    }
    pack.documents.append((raw, document(raw)))
  }

  private mutating func document(_ raw: RawDocument) -> PolicyDocument {
    let front = FrontMatter(raw.frontMatter, file: raw.file, lineOffset: 1)
    diagnostics += front.diagnostics
    let place = SourcePlace(file: raw.file)
    checkKeys(
      of: front,
      allowed: [
        "id", "title", "issuer", "number", "issued", "in-force", "source", "outline", "repeals", "basis", "note",
      ])
    let (inForce, note) = inForce(front, place)
    return PolicyDocument(
      id: required("id", front, place), title: required("title", front, place),
      issuer: required("issuer", front, place), number: given(required("number", front, place)),
      issued: given(required("issued", front, place)), inForce: inForce, inForceNote: note, basis: front.text("basis"),
      repeals: front.text("repeals"), source: front.text("source"), note: front.text("note"),
      outline: front.texts("outline"), outlinePlace: front.entries["outline"]?.place ?? place, sections: [],
      place: place)
  }

  private mutating func inForce(_ front: FrontMatter, _ place: SourcePlace) -> (Period, String?) {
    let value = FieldValue(line: Line(text: required("in-force", front, place), place: place))
    guard let period = Period(value.text) else {
      if !value.text.isEmpty {
        diagnostics.append(
          Diagnostic("policy.period.form", at: front.entries["in-force"]?.place ?? place, ["text": value.text]))
      }
      return (.always, value.note)
    }
    return (period, value.note)
  }

  /// nil for 未给出.
  private func given(_ text: String) -> String? { Keywords.shared.isWord(text, "not-given") ? nil : text }

  private mutating func required(_ key: String, _ front: FrontMatter, _ place: SourcePlace) -> String {
    if let text = front.text(key), !text.isEmpty { return text }
    diagnostics.append(Diagnostic("policy.front-matter.key", at: place, ["key": key]))
    return ""
  }

  private mutating func checkKeys(of front: FrontMatter, allowed: [String]) {
    for (key, entry) in front.entries.sorted(by: { $0.value.place < $1.value.place }) where !allowed.contains(key) {
      let near = nearWord(to: key, among: allowed) ?? allowed.joined(separator: ", ")
      diagnostics.append(Diagnostic("policy.front-matter.unknown", at: entry.place, ["key": key, "near": near]))
    }
  }
}

extension PackSource.File {
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  var isPassedOver: Bool { name == "README.md" || name.hasPrefix(".") || name.hasPrefix("_") }
}
