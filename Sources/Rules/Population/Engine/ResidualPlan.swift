public import FEEL
import Instructions
public import Policy

/// What is left of a plan when all that does not rest on some parameters has been worked out (partial evaluation): those are set
/// when it runs, and only what they touch is computed.
public struct ResidualPlan: Sendable {
  /// The targets that the parameters may touch.
  public let targets: Set<PopulationPlan.Target>
  private let settings: [PlanSetting]
  private let program: Program
  private let population: Population
  private let kept: [Cells]
  private let outputs: [PopulationPlan.Target: PopulationPlan.OutputPlaces]
  private let count: Int
  /// Rows that are the interpreter's whatever the settings are.
  private let doubtful: [Int]

  /// Works out what does not rest on some parameters.
  /// - Parameters:
  ///   - moving: the parameters by name, with values that each takes beside those that its own scale or choices allow.
  ///   - overrides: the other parameters that are set, as `Rulebook.overrides` gives them.
  ///   - targets: all of them must have plans.
  /// - Returns: nil where a parameter cannot be moved within bounds, and where a target has no plan while it is open, or stays a
  ///   fraction.
  public init?(
    _ rulebook: Rulebook, over population: Population, asOf: CalendarDate, overrides: [String: Value] = [:],
    moving: [String: [Value]], targets: [PopulationPlan.Target], threads: Int = 1
  ) {
    let settings = moving.sorted { $0.key < $1.key }.compactMap { name, values in
      rulebook.parameters.first { $0.name == name }.flatMap { PlanSetting($0, values: values) }
    }
    guard settings.count == moving.count else { return nil }
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

  /// How many steps a block of rows goes through.
  public var stepCount: Int { program.stepCount }

  /// How many bytes of each row are kept.
  public var keptBytesPerRow: Int { kept.reduce(0) { $0 + $1.width.bytes } }

  /// Whether the parameters can be set so.
  public func allows(_ values: [String: Value]) -> Bool { codes(of: values) != nil }

  private func codes(of values: [String: Value]) -> [Int128]? {
    let codes = settings.compactMap { setting in values[setting.parameter].flatMap { setting.code(of: $0) } }
    return codes.count == settings.count ? codes : nil
  }

  /// What the targets come to when the parameters are set so.
  /// - Parameters:
  ///   - values: of all the parameters.
  ///   - threads: how many blocks of rows are worked on side by side.
  ///   - memory: where the results of the call before lay; these come to lie there where nobody holds those any more.
  /// - Returns: nil for a value beyond what the plan was made for.
  public func results(
    _ values: [String: Value], threads: Int = 1, in memory: ResultMemory? = nil
  ) -> PopulationResults? {
    guard let codes = codes(of: values) else { return nil }
    let run = ProgramRun(
      program: program, population: population, inputs: Machine.Inputs(settings: codes, kept: kept), count: count,
      threads: threads, nulls: outputs.values.nullPlaces)
    let (cells, own) = run.cells(of: outputs.values.flatMap(\.all), in: memory)
    let all = doubtful.isEmpty ? own : own.isEmpty ? doubtful : Set(doubtful).union(own).sorted()
    return PopulationResults(count: count, outputs, cells, doubtful: all)
  }
}
