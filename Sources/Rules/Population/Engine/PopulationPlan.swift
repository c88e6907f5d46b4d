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
    guard let subject = rulebook.subjectType else { preconditionFailure("a dictionary without a subject") }
    self.rulebook = rulebook
    self.population = population
    self.subject = subject
    var entries: [Entry] = []
    var outputs: [Target: OutputPlaces] = [:]
    var registers: [Register] = []
    var compiler = Compiler(rulebook, population, asOf: asOf, overrides: overrides, about: subject)
    func place(_ register: Register?) -> Int? {
      register.map { register in
        registers.append(register)
        return registers.count - 1
      }
    }
    let wanted = targets ?? rulebook.schemeVersions.map { .scheme($0[0].name) }
    let outcomes = Self.outcomes(of: wanted, for: subject, rulebook, &compiler)
    for target in wanted {
      do throws(Unsupported) {
        switch target {
        case .scheme(let name):
          guard let outcome = try outcomes[name]?.get() else { continue }
          let (value, _, null, kind) = try Self.parts(of: outcome.amount)
          outputs[target] = OutputPlaces(
            verdict: place(outcome.verdict), value: place(value), divisor: nil, null: place(null), open: nil, kind: kind
          )
        case .decision(let name):
          guard case .scalar(let scalar) = try compiler.decision(rulebook.versions(ofDecision: name)) else {
            throw Unsupported(.shape)
          }
          let (value, divisor, null, kind) = try Self.parts(of: scalar)
          outputs[target] = OutputPlaces(
            verdict: nil, value: place(value), divisor: place(divisor), null: place(null), open: place(scalar.open),
            kind: kind)
        }
        entries.append(Entry(target: target, unsupported: nil))
      } catch {
        entries.append(Entry(target: target, unsupported: error))
        compiler.builder = compiler.outermost
      }
    }
    self.entries = entries
    self.outputs = outputs
    program = Program(compiler.builder, outputs: registers)
  }

  /// What the schemes come to beside each other; those that exclude one of them are worked out as well.
  private static func outcomes(
    of targets: [Target], for subject: RecordType, _ rulebook: Rulebook, _ compiler: inout Compiler
  ) -> [String: Result<Compiler.OutcomeItem, Unsupported>] {
    var wanted: Set<String> = []
    var waiting = targets.compactMap { if case .scheme(let name) = $0 { name } else { nil } }
    while let name = waiting.popLast() {
      if wanted.insert(name).inserted { waiting += rulebook.rivals[name] ?? [] }
    }
    var results: [String: Result<Compiler.OutcomeItem, Unsupported>] = [:]
    var sound: [(scheme: Scheme, outcome: Compiler.OutcomeItem)] = []
    for versions in rulebook.schemeVersions where wanted.contains(versions[0].name) {
      do throws(Unsupported) {
        let outcome = try compiler.capped(try compiler.outcome(of: versions, for: subject), by: versions)
        sound.append((versions[0], outcome))
      } catch {
        results[versions[0].name] = .failure(error)
        compiler.builder = compiler.outermost
      }
    }
    // What a scheme without a plan excludes has none either, directly or through others.
    var failed = Array(results)
    while let (name, result) = failed.popLast() {
      for rival in rulebook.rivals[name] ?? [] where results[rival] == nil {
        results[rival] = result
        failed.append((rival, result))
      }
    }
    sound.removeAll { results[$0.scheme.name] != nil }
    do throws(Unsupported) {
      for (one, outcome) in zip(sound, try compiler.settled(sound)) { results[one.scheme.name] = .success(outcome) }
    } catch {
      for one in sound { results[one.scheme.name] = .failure(error) }
    }
    return results
  }

  private static func parts(
    of scalar: Scalar?
  ) throws(Unsupported) -> (value: Register?, divisor: Register?, null: Register?, OutputKind) {
    guard let scalar else { return (nil, nil, nil, .nothing) }
    switch scalar.kind {
    case .number(let scale, let divisor):
      // The digits of a quotient of quotients are the interpreter's to tell.
      if scalar.isRounded { throw Unsupported(.digits) }
      return (scalar.value, divisor, scalar.null, .number(scale: scale))
    case .truth: return (scalar.value, nil, nil, .truth)
    case .date: return (scalar.value, nil, scalar.null, .date)
    case .text(let pool): return (scalar.value, nil, scalar.null, .text(pool))
    case .months, .days: throw Unsupported(.shape)
    case .nothing: return (nil, nil, nil, .nothing)
    }
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
