import FEEL
import Policy

/// Texts that a search looks into beside names and keys: few different ones, each of many subjects.
struct SearchedTexts: Sendable {
  private let texts: FoldedTexts
  private let rows: Rows

  private enum Rows: Sendable {
    /// The text of each row; below zero for none.
    case codes([Int32])
    /// For each text, a 1 for each row that has it.
    case marks([[UInt8]])
  }

  /// - Returns: nil where the attribute has no texts, and where only the interpreter could tell them of too many subjects.
  init?(_ attribute: Attribute, of values: SubjectValues, interpretedRows: Int) {
    guard let cells = values.cells(of: attribute, interpretedRows: interpretedRows),
      case .texts(let codes, let texts) = cells.values
    else { return nil }
    self.texts = FoldedTexts(TextList(texts))
    rows = .codes(zip(codes, cells.states).map { $1 == 0 ? Int32(truncatingIfNeeded: $0) : -1 })
  }

  private init(_ texts: [String], _ marks: [[UInt8]]) {
    self.texts = FoldedTexts(TextList(texts))
    rows = .marks(marks)
  }

  /// The names of titles, each found at the subjects who hold it.
  static func titles(of values: SubjectValues, interpretedRows: Int) -> [SearchedTexts] {
    let titles = values.rulebook.schemes.filter { $0.kind == .title && $0.about == values.subject.name }
    let names = Array(Set(titles.map(\.name))).sorted()
    guard !names.isEmpty else { return [] }
    let evaluator = SchemeEvaluator(
      rulebook: values.rulebook, population: values.population, facts: values.facts, asOf: values.asOf,
      overrides: values.overrides, threads: values.threads)
    let columns = evaluator.outcomes(of: names, interpreting: interpretedRows).columns
    let known = names.filter { columns[$0] != nil }
    let met = UInt8(Verdict.allCases.firstIndex(of: .met) ?? 0)
    let marks = known.map { name -> [UInt8] in
      var verdicts = [UInt8](repeating: 0, count: values.count)
      columns[name]?.read(0..<values.count, into: &verdicts)
      return verdicts.map { $0 == met ? 1 : 0 }
    }
    return [SearchedTexts(known, marks)]
  }

  /// Marks the rows of a run whose text holds a word.
  func mark(_ word: [UInt8], _ run: Range<Int>, as rank: UInt8, in ranks: inout [UInt8]) {
    var found: Set<Int> = []
    texts.forEach(holding: word, among: 0..<texts.count) { text, _ in found.insert(text) }
    guard !found.isEmpty else { return }
    switch rows {
    case .codes(let codes):
      var isFound = [Bool](repeating: false, count: texts.count)
      for text in found { isFound[text] = true }
      for row in run where codes[row] >= 0 && isFound[Int(codes[row])] { ranks.raise(row - run.lowerBound, to: rank) }
    case .marks(let marks):
      for text in found {
        for row in run where marks[text][row] != 0 { ranks.raise(row - run.lowerBound, to: rank) }
      }
    }
  }
}

extension SubjectIndex {
  /// How well a word fits, the lower the better; 0 for not at all.
  private enum Rank {
    static let key: UInt8 = 4
    static let text: UInt8 = 5
    static let all: UInt8 = 6
  }

  /// The subjects that every word of a text fits: their name or key holds it, or a text that the portrait is searched by, or the
  /// name of a title that they hold. Case and width of letters do not matter.
  /// - Parameters:
  ///   - text: words with blanks between; without one, all subjects.
  ///   - most: how many rows are wanted: those whose names fit best, in the order of the table.
  public func rows(matching text: String, most: Int) -> (first: [Int], count: Int) {
    let words = text.split(whereSeparator: \.isWhitespace).prefix(Self.mostWords).map { FoldedTexts.folded(String($0)) }
    guard !words.isEmpty else { return (Array((0..<count).prefix(most)), count) }
    let workers = Workers(threads)
    let parts = workers.map(workers.count) { worker in
      let run = count * worker / workers.count..<count * (worker + 1) / workers.count
      return best(ranks(of: words, run), run, most)
    }
    var first: [[Int]] = Array(repeating: [], count: Int(Rank.all))
    for part in parts { for rank in part.first.indices { first[rank] += part.first[rank] } }
    return (Array(first.joined().prefix(most)), parts.reduce(0) { $0 + $1.count })
  }

  private static let mostWords = 8

  private func ranks(of words: [[UInt8]], _ run: Range<Int>) -> [UInt8] {
    var ranks: [UInt8]?
    for word in words {
      let own = self.ranks(of: word, run)
      guard var together = ranks else {
        ranks = own
        continue
      }
      for row in own.indices {
        together[row] = own[row] == 0 || together[row] == 0 ? 0 : max(own[row], together[row])
      }
      ranks = together
    }
    return ranks ?? []
  }

  private func ranks(of word: [UInt8], _ run: Range<Int>) -> [UInt8] {
    var ranks = [UInt8](repeating: 0, count: run.count)
    if let names { mark(word, names, run, in: &ranks) }
    keys.forEach(holding: word, among: run) { row, _ in ranks.raise(row - run.lowerBound, to: Rank.key) }
    for text in texts { text.mark(word, run, as: Rank.text, in: &ranks) }
    return ranks
  }

  private func mark(_ word: [UInt8], _ names: FoldedTexts, _ run: Range<Int>, in ranks: inout [UInt8]) {
    // Texts are numbered as they first come, so that those of a run of rows are mostly a run too.
    var low = Int32.max, high = Int32.min
    for row in run where nameOfRow[row] >= 0 { (low, high) = (min(low, nameOfRow[row]), max(high, nameOfRow[row])) }
    guard low <= high else { return }
    var holds = [UInt8](repeating: 0, count: Int(high - low) + 1), isFound = false
    names.forEach(holding: word, among: Int(low)..<Int(high) + 1) { text, hold in
      holds[text - Int(low)] = hold.rawValue
      isFound = true
    }
    guard isFound else { return }
    for row in run where nameOfRow[row] >= 0 { ranks[row - run.lowerBound] = holds[Int(nameOfRow[row] - low)] }
  }

  private func best(_ ranks: [UInt8], _ run: Range<Int>, _ most: Int) -> (first: [[Int]], count: Int) {
    var first: [[Int]] = Array(repeating: [], count: Int(Rank.all)), count = 0
    for (index, rank) in ranks.enumerated() where rank != 0 {
      count += 1
      if first[Int(rank)].count < most { first[Int(rank)].append(run.lowerBound + index) }
    }
    return (first, count)
  }
}

extension [UInt8] {
  /// Sets a rank where there is none, or a worse one.
  fileprivate mutating func raise(_ index: Int, to rank: UInt8) {
    if self[index] == 0 || self[index] > rank { self[index] = rank }
  }
}
