import Policy

/// A pack drawn at random: its constructs one by one, so that some can be left out.
struct RandomPack {
  struct Part {
    var name: String
    /// The construct with its heading.
    var text: String
    /// The FEEL of a decision that is one expression.
    var expression: String?
  }

  var seed: UInt64
  var parts: [Part] = []

  static let manifest = "id: random\ntitle: random\njurisdiction: \"650200\"\nversion: 1.0.0\nshared: true\n"
  private static let front = """
    ---
    id: doc
    title: doc
    issuer: doc
    number: 未给出
    issued: 2020-01-01
    in-force: 2020-01-01..
    outline: [a]
    ---

    # doc

    - clause: a


    """

  var source: PackSource {
    PackSource(files: [
      .init(path: "pack.yaml", text: Self.manifest),
      .init(path: "dictionary.md", text: PackRecord.all.map(\.text).joined()),
      .init(path: "doc.md", text: Self.front + parts.map(\.text).joined(separator: "\n")),
    ])
  }

  /// What a target rests on, and it.
  func only(_ target: String) -> RandomPack {
    var wanted: Set<String> = [target]
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for part in parts where wanted.contains(part.name) {
        let words = Set(part.text.split { !$0.isLetter && !$0.isNumber }.map(String.init))
        for other in parts where words.contains(other.name) && wanted.insert(other.name).inserted { isGrowing = true }
      }
    }
    var pack = self
    pack.parts = parts.filter { wanted.contains($0.name) }
    return pack
  }
}

/// Draws packs.
struct PackDraw {
  private typealias Kind = PackScope.Kind

  private var draw: ExpressionDraw
  private var pack: RandomPack
  private let size: Int
  private var number = 0
  /// What every expression sees, and what those about a record type see besides.
  private var common = PackScope()
  private var about: [String: PackScope] = [:]
  private var schemes: [String] = []

  /// - Parameter size: about how many decisions.
  static func pack(seed: UInt64, size: Int) -> RandomPack {
    var draw = PackDraw(seed: seed, size: size)
    return draw.all()
  }

  private init(seed: UInt64, size: Int) {
    draw = ExpressionDraw(seed: seed)
    pack = RandomPack(seed: seed)
    self.size = size
    for type in PackRecord.all {
      var scope = PackScope()
      scope.add(type, path: "")
      scope.records[type.name] = [type.name]
      if let owner = type.owner, let above = PackRecord.all.first(where: { $0.name == owner }) {
        scope.records[owner] = [owner]
        for field in above.fields {
          if case .value(let kind) = field.kind { scope.add("\(owner).\(field.name)", kind) }
        }
      }
      for reference in type.references {
        for field in reference.type.fields {
          if case .value(let kind) = field.kind { scope.add("\(reference.field).\(field.name)", kind) }
        }
      }
      about[type.name] = scope
    }
  }

  private mutating func all() -> RandomPack {
    for _ in 0..<3 { parameter() }
    for _ in 0..<2 { function() }
    for _ in 0..<max(1, size / 8) { decision(about: nil) }
    for _ in 0..<max(1, size / 4) { decision(about: draw.pick(["loan", "loan", "patent", "payment"])) }
    for _ in 0..<size { decision(about: "firm") }
    for _ in 0..<max(2, size / 3) { scheme() }
    return pack
  }

  private mutating func name(_ letter: String) -> String {
    number += 1
    return "\(letter)\(number)"
  }

  private mutating func parameter() {
    let name = name("q"), kind: Kind = draw.pick([.number, .number, .text, .date])
    var lines = ["### parameter: \(name)", "", "- id: \(name)"]
    switch kind {
    case _ where draw.once(in: 6): lines += ["- type: \(kind.word)", "- undetermined: not given"]
    case .text: lines += ["- values: A、B、C", "- default: B"]
    case .date: lines += ["- value: 2023-06-30"]
    default: lines += ["- type: number", "- value: \(draw.pick(["20", "0.15", "3", "1000", "12.5", "0"]))"]
    }
    pack.parts.append(.init(name: name, text: lines.joined(separator: "\n") + "\n"))
    common.add(name, kind)
  }

  private mutating func function() {
    let name = name("f")
    let formals: [Kind] = (0..<draw.pick([1, 2, 3])).map { _ in draw.pick([.number, .number, .text, .date, .boolean]) }
    let result: Kind = draw.pick([.number, .number, .boolean, .text])
    draw.scope = common
    for (index, formal) in formals.enumerated() { draw.scope.add("\(name)u\(index)", formal) }
    let written = formals.enumerated().map { "\(name)u\($0)（\($1.word)）" }.joined(separator: "、")
    let head = "### function: \(name)\n\n- parameters: \(written)\n- type: \(result.word)\n\n"
    guard append(name, head, result) else { return }
    common.callables.append(.init(name: name, result: result, record: nil, formals: formals))
  }

  /// A decision with one version, or with two.
  private mutating func decision(about record: String?) {
    let name = name("r"), kind: Kind = draw.pick([.number, .number, .number, .boolean, .boolean, .date, .text])
    draw.scope = scope(of: record)
    var head = "### decision: \(name)\n\n"
    if let record { head += "- about: \(record)\n" }
    head += "- type: \(kind.word)\n"
    if record != nil, draw.once(in: 10) {
      let dated = draw.once(in: 3) ? "" : "- dated-by: \(draw.atom(.date))\n"
      let isFirst = append(name, head + dated + "- in-force: 2020-01-01..2023-07-01\n\n", kind)
      let isSecond = append(name, head + dated + "- in-force: 2023-07-01..\n\n", kind)
      guard isFirst, isSecond else { return }
    } else if draw.once(in: 14) {
      contexts(name, head, record)
      return
    } else {
      guard append(name, head + "\n", kind) else { return }
    }
    guard let record else { return common.add(name, kind) }
    about[record]?.add(name, kind)
    common.callables.append(.init(name: name, result: kind, record: record))
  }

  private func scope(of record: String?) -> PackScope {
    var scope = common
    guard let own = record.flatMap({ about[$0] }) else { return scope }
    for (kind, names) in own.names { scope.names[kind, default: []] += names }
    (scope.children, scope.annual, scope.records) = (own.children, own.annual, own.records)
    return scope
  }

  /// - Returns: false when it comes to a list, which no other construct is to read as one value.
  @discardableResult
  private mutating func append(_ name: String, _ head: String, _ kind: Kind) -> Bool {
    if draw.once(in: 3) {
      var table = TableDraw(draw: draw)
      let (text, isList) = table.table(name, kind)
      draw = table.draw
      let typed = isList ? head.replacing("type: \(kind.word)", with: "type: list") : head
      pack.parts.append(.init(name: name, text: typed + text))
      return !isList
    } else {
      let expression = draw.expression(kind, draw.pick([1, 2, 2, 3]))
      pack.parts.append(.init(name: name, text: head + "```feel\n\(expression)\n```\n", expression: expression))
      return true
    }
  }

  /// A table of two outputs, and their names.
  private mutating func contexts(_ name: String, _ head: String, _ record: String?) {
    var table = TableDraw(draw: draw)
    let outputs: [Kind] = [draw.pick([.number, .text]), draw.pick([.number, .boolean])]
    let text = table.table(name, outputs)
    draw = table.draw
    let heading = head.split(separator: "\n").filter { !$0.hasPrefix("- type") }.joined(separator: "\n")
    pack.parts.append(.init(name: name, text: heading + "\n- type: context\n\n" + text))
    for (index, kind) in outputs.enumerated() {
      guard let record else {
        common.add("\(name).o\(index)", kind)
        continue
      }
      about[record]?.add("\(name).o\(index)", kind)
    }
  }

  // MARK: schemes

  private mutating func scheme() {
    let name = name("s"), record = draw.pick(["firm", "firm", "loan", "patent"])
    let isTitle = draw.once(in: 4)
    draw.scope = scope(of: record)
    var lines = ["### \(isTitle ? "title" : "benefit"): \(name)", "", "- about: \(record)"]
    if draw.once(in: 2) { lines.append("- applies: \(draw.expression(.boolean, 1))") }
    if draw.once(in: 5) { lines.append("- review: \(draw.expression(.boolean, 1))") }
    if draw.once(in: 8) { lines.append("- dated-by: \(draw.atom(.date))") }
    if !isTitle {
      let amount = draw.expression(.number, 2)
      let money = draw.once(in: 6) ? amount : "round half up(max(0, \(amount)), 2)"
      lines.append("- amount: \(money)")
      if draw.once(in: 4) {
        lines.append("- cap: \(draw.once(in: 2) ? "0.5 万元" : "total max(0, staff) * 100")")
      }
      if let other = schemes.isEmpty ? nil : draw.pick(schemes), draw.once(in: 3) {
        lines.append("- excludes: \(other)")
      }
      if draw.once(in: 5) { lines.append("- best-of: group") }
      schemes.append(name)
    }
    lines += ["", "| eligible | test | otherwise |", "|---|---|---|"]
    for row in 0...draw.pick([0, 1, 2]) {
      lines.append("| c\(row) | \(draw.expression(.boolean, 2)) | no |")
    }
    pack.parts.append(.init(name: name, text: lines.joined(separator: "\n") + "\n"))
  }
}
