import FEEL
import Instructions
import Policy

/// What is left of a plan when all that does not rest on some parameters has been worked out (partial evaluation): those are set
/// when it runs, and only what they touch is computed.
struct ResidualPlan: Sendable {
  /// The targets that the settings may touch.
  let targets: Set<PopulationPlan.Target>
  private let settings: [PlanSetting]
  private let program: Program
  private let population: Population
  private let kept: [Cells]
  private let outputs: [PopulationPlan.Target: PopulationPlan.OutputPlaces]
  private let count: Int
  /// Rows that are the interpreter's whatever the settings are.
  private let doubtful: [Int]

  /// Works out what does not rest on the settings.
  /// - Parameter targets: all of them must have plans.
  /// - Returns: nil where one has none when the parameters are open, or stays a fraction.
  init?(
    _ rulebook: Rulebook, over population: Population, asOf: CalendarDate, overrides: [String: Value],
    settings: [PlanSetting], targets: [PopulationPlan.Target], threads: Int
  ) {
    let draft = PlanDraft(
      rulebook, over: population, asOf: asOf, overrides: overrides, settings: settings, targets: targets)
    guard draft.entries.allSatisfy({ $0.unsupported == nil }) else { return nil }
    let builder = draft.builder, registers = draft.registers
    let partition = Partition(builder, registers + builder.doubts)
    let touched = draft.outputs.filter { _, places in places.all.contains { partition.isMoving(registers[$0]) } }
    guard touched.values.allSatisfy({ $0.divisor == nil }) else { return nil }
    self.targets = Set(touched.keys)
    self.settings = settings
    self.population = population
    outputs = touched
    count = draft.count
    let doubts = builder.doubts.filter(partition.isMoving)
    let wanted = touched.values.flatMap { $0.all.map { registers[$0] } }
    let keep = Partition(builder, wanted + doubts).kept
    let first = Program(builder, outputs: keep, doubts: builder.doubts.filter { !partition.isMoving($0) })
    let result = ProgramRun(program: first, population: population, count: count, threads: threads)
      .cells(of: keep.indices)
    doubtful = result.doubtful
    kept = keep.indices.compactMap { result.cells[$0] }
    var given: [Register: Program.Operand] = [:]
    for (number, register) in keep.enumerated() { given[register] = .kept(number, first.outputs[number].width) }
    // Outputs that nobody touches keep their numbers, and are not asked for.
    let used = Set(touched.values.flatMap(\.all))
    let placeholder = wanted.first ?? Register(index: 0)
    program = Program(
      builder, outputs: registers.enumerated().map { used.contains($0.offset) ? $0.element : placeholder },
      doubts: doubts, given: given)
  }

  /// Whether the parameters can be set so.
  func allows(_ values: [String: Value]) -> Bool { codes(of: values) != nil }

  private func codes(of values: [String: Value]) -> [Int128]? {
    let codes = settings.compactMap { setting in values[setting.parameter].flatMap { setting.code(of: $0) } }
    return codes.count == settings.count ? codes : nil
  }

  /// What the targets come to when the parameters are set so.
  /// - Parameter previous: results that are no longer wanted, whose memory is taken where nobody else holds it.
  /// - Returns: nil for a value beyond what the plan was made for.
  func results(
    _ values: [String: Value], threads: Int, inMemoryOf previous: consuming PopulationResults? = nil
  ) -> PopulationResults? {
    guard let codes = codes(of: values) else { return nil }
    let run = ProgramRun(
      program: program, population: population, inputs: Machine.Inputs(settings: codes, kept: kept), count: count,
      threads: threads, nulls: outputs.values.nullPlaces)
    let (cells, own) = run.cells(of: outputs.values.flatMap(\.all), inMemoryOf: previous?.cells() ?? [])
    let all = doubtful.isEmpty ? own : own.isEmpty ? doubtful : Set(doubtful).union(own).sorted()
    return PopulationResults(count: count, outputs, cells, doubtful: all)
  }
}
