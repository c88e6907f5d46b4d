import FEEL
import Policy

/// Targets compiled to the operations of one program.
struct PlanDraft {
  let entries: [PopulationPlan.Entry]
  let outputs: [PopulationPlan.Target: PopulationPlan.OutputPlaces]
  /// What the outputs' numbers stand for.
  let registers: [Register]
  let builder: ProgramBuilder
  let subject: RecordType
  /// How many subjects there are.
  let count: Int

  /// - Parameters:
  ///   - settings: parameters that are set when the program runs; their numbers are their places.
  ///   - targets: nil for all schemes.
  init(
    _ rulebook: Rulebook, over population: Population, asOf: CalendarDate, overrides: [String: Value],
    settings: [PlanSetting] = [], targets: [PopulationPlan.Target]? = nil
  ) {
    guard let subject = rulebook.subjectType else { preconditionFailure("a dictionary without a subject") }
    self.subject = subject
    count = population.tables[subject.name]?.count ?? 0
    var entries: [PopulationPlan.Entry] = []
    var outputs: [PopulationPlan.Target: PopulationPlan.OutputPlaces] = [:]
    var registers: [Register] = []
    var compiler = Compiler(rulebook, population, asOf: asOf, overrides: overrides, settings: settings, about: subject)
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
          outputs[target] = PopulationPlan.OutputPlaces(
            verdict: place(outcome.verdict), value: place(value), divisor: nil, null: place(null), open: nil, kind: kind
          )
        case .decision(let name):
          guard case .scalar(let scalar) = try compiler.decision(rulebook.versions(ofDecision: name)) else {
            throw Unsupported(.shape)
          }
          let (value, divisor, null, kind) = try Self.parts(of: scalar)
          outputs[target] = PopulationPlan.OutputPlaces(
            verdict: nil, value: place(value), divisor: place(divisor), null: place(null), open: place(scalar.open),
            kind: kind)
        }
        entries.append(PopulationPlan.Entry(target: target, unsupported: nil))
      } catch {
        entries.append(PopulationPlan.Entry(target: target, unsupported: error))
        compiler.builder = compiler.outermost
      }
    }
    self.entries = entries
    self.outputs = outputs
    self.registers = registers
    builder = compiler.builder
  }

  /// What the schemes come to beside each other; those that exclude one of them are worked out as well.
  private static func outcomes(
    of targets: [PopulationPlan.Target], for subject: RecordType, _ rulebook: Rulebook, _ compiler: inout Compiler
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
  ) throws(Unsupported) -> (value: Register?, divisor: Register?, null: Register?, PopulationPlan.OutputKind) {
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
}
