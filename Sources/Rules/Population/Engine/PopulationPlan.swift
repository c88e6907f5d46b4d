public import FEEL
public import Policy

/// The schemes and decisions of a rulebook as plans over columns, for one population, one as-of date and one set of parameters.
/// What has no plan is interpreted row by row; either way the answers are the same.
public struct PopulationPlan: Sendable {
  /// What is worked out for every subject.
  public enum Target: Hashable, Sendable {
    case scheme(String)
    case decision(String)

    public var name: String {
      switch self {
      case .scheme(let name), .decision(let name): name
      }
    }
  }

  /// What a plan came to be.
  public struct Entry: Sendable {
    public var target: Target
    /// nil: computed by columns.
    public var unsupported: Unsupported?
  }

  public let entries: [Entry]
  let rulebook: Rulebook
  let population: Population
  let subject: RecordType
  let program: Program
  let outputs: [Target: OutputPlaces]

  /// Where the program leaves what a target comes to.
  struct OutputPlaces: Sendable {
    var verdict: Int?
    var value: Int?
    /// What the value is to be divided by.
    var divisor: Int?
    var null: Int?
    var open: Int?
    var kind: OutputKind

    /// The numbers of the outputs that results are made of.
    var all: [Int] { [value, null, verdict].compactMap(\.self) }
  }

  enum OutputKind: Sendable {
    case number(scale: Int)
    case truth
    case date
    case text(TextPool)
    case nothing
  }

  /// - Parameters:
  ///   - rulebook: its dictionary must have a subject type.
  ///   - overrides: as `Rulebook.overrides` gives them.
  ///   - targets: nil for all schemes.
  public init(
    _ rulebook: Rulebook, over population: Population, asOf: CalendarDate, overrides: [String: Value] = [:],
    targets: [Target]? = nil
  ) {
    let draft = PlanDraft(rulebook, over: population, asOf: asOf, overrides: overrides, targets: targets)
    self.rulebook = rulebook
    self.population = population
    subject = draft.subject
    entries = draft.entries
    outputs = draft.outputs
    program = Program(draft.builder, outputs: draft.registers)
  }

  /// What a target comes to for one subject.
  public struct Answer: Sendable {
    public var verdict: Verdict?
    public var value: Value
    public var isOpen: Bool
  }

  /// Calls `body` for every subject in order, with what each target comes to; rows whose exact result needs the interpreter are
  /// told as such.
  public func forEach(_ body: (_ row: Int, _ isDoubtful: Bool, _ answer: (Target) -> Answer?) -> Void) {
    let machine = Machine(program, over: population)
    let count = population.tables[subject.name]?.count ?? 0
    for start in stride(from: 0, to: count, by: Machine.rows) {
      let rows = Machine.Rows(start: start, count: min(Machine.rows, count - start), numbers: nil)
      machine.run(rows)
      for index in 0..<rows.count {
        body(start + index, machine.isDoubtful(index, from: start)) { target in
          outputs[target].map { answer($0, index, from: start, machine) }
        }
      }
    }
  }

  /// The same for single subjects, in the order given.
  /// - Parameter rows: below the number of subjects; others are passed over.
  public func forEach(
    in rows: some Sequence<Int>, _ body: (_ row: Int, _ isDoubtful: Bool, _ answer: (Target) -> Answer?) -> Void
  ) {
    let machine = Machine(program, over: population)
    let count = population.tables[subject.name]?.count ?? 0
    for row in rows where row >= 0 && row < count {
      machine.run(Machine.Rows(start: row, count: 1, numbers: nil))
      body(row, machine.isDoubtful(0, from: row)) { target in
        outputs[target].map { answer($0, 0, from: row, machine) }
      }
    }
  }

  private func answer(_ places: OutputPlaces, _ index: Int, from start: Int, _ machine: Machine) -> Answer {
    func integer(_ place: Int) -> Int128 { machine.number(program.outputs[place], index, from: start) }
    func byte(_ place: Int?) -> Int { place.map { Int(integer($0)) } ?? 0 }
    var answer = Answer(
      verdict: places.verdict.map { Verdict.allCases[byte($0)] }, value: .null(), isOpen: byte(places.open) != 0)
    guard let value = places.value, byte(places.null) == 0 else { return answer }
    switch places.kind {
    case .number(let scale):
      var number = Decimal128(integer(value), exponent: -scale)
      if let divisor = places.divisor { number = Decimal128(integer(divisor)).flatMap { number?.divided(by: $0) } }
      if let number { answer.value = .number(number) }
    case .truth:
      let truth = byte(value)
      if truth != 1 { answer.value = .boolean(truth == 2) }
    case .date: if let date = CalendarDate(dayNumber: Int(integer(value))) { answer.value = .date(date) }
    case .text(let pool): answer.value = .string(pool.texts[Int(integer(value))])
    case .nothing: break
    }
    return answer
  }
}
