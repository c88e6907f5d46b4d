import API
import Diagnostics
import FEEL
import Policy
import Population
import Registry
import Store

/// What is known of everybody: as columns, and the same records for the interpreter.
struct SubjectData {
  let population: Population
  let facts: Facts
  /// nil when the data does not say where it comes from.
  let provenance: Provenance?
  /// The registry it was read from, and the moment; nil for files.
  var archive: RegionArchive?

  /// How many records of the subject type there are.
  func count(_ rulebook: Rulebook) -> Int { population.tables[rulebook.subjectType?.name ?? ""]?.count ?? 0 }
}

extension Rulebook {
  /// Reads a column file, a folder of CSV files, a file of facts or a store.
  /// - Parameter asOf: the day that is asked for where the data is a store; today when nil.
  /// - Throws: every problem of the data; `cli.columns.unsuitable`, `store.memory`.
  func subjectData(
    at path: String, asOf: CalendarDate? = nil, _ known: KnownOptions? = nil
  ) throws(Refusal) -> SubjectData {
    if RegistryStore.isStore(at: path) { return try registryData(at: path, asOf, known) }
    guard Snapshot.isColumnFile(at: path) || FileKind(path: path) == .folder else {
      return SubjectData(try facts(at: path), dictionary: dictionary, provenance: nil)
    }
    let (snapshot, diagnostics) = Snapshot.read(at: path, by: dictionary)
    guard let snapshot else { throw Refusal(diagnostics.filter { $0.severity == .error }) }
    let population = snapshot.population
    let lost = fieldsLost(by: population)
    if lost.isEmpty {
      return SubjectData(
        population: population, facts: population.facts(by: dictionary, file: path), provenance: snapshot.provenance)
    }
    guard FileKind(path: path) == .folder else {
      throw Refusal([
        Diagnostic("cli.columns.unsuitable", at: SourcePlace(file: path), ["fields": lost.joined(separator: ", ")])
      ])
    }
    return SubjectData(try facts(at: path), dictionary: dictionary, provenance: snapshot.provenance)
  }

  private func registryData(
    at path: String, _ asOf: CalendarDate?, _ known: KnownOptions?
  ) throws(Refusal) -> SubjectData {
    let data: RegistryData
    do {
      data = try RegistryData(path, for: self, asOf: asOf ?? DateTime.present().date, known)
    } catch {
      throw Refusal([error])
    }
    return try subjectData(of: data)
  }

  /// All records of a registry at one moment.
  func subjectData(of data: RegistryData) throws(Refusal) -> SubjectData {
    do throws(Diagnostic) {
      let archive = RegionArchive(data.registry, at: data.moment)
      let snapshot = try data.snapshot()
      let population = snapshot.population
      if !fieldsLost(by: population).isEmpty {
        let reading = try data.reading()
        var whole = SubjectData(reading.facts, dictionary: dictionary, provenance: snapshot.provenance)
        whole.archive = archive
        if let problem = reading.problem { throw problem }
        return whole
      }
      return SubjectData(
        population: population, facts: population.facts(by: dictionary, file: data.registry.address),
        provenance: snapshot.provenance, archive: archive)
    } catch {
      throw Refusal([error])
    }
  }

  /// Facts of any form, of a column file each looked up when it is asked for.
  func facts(at path: String) throws(Refusal) -> Facts {
    if Snapshot.isColumnFile(at: path) { return try subjectData(at: path).facts }
    let (facts, diagnostics) = FactSource.read(path: path).facts(by: dictionary)
    let errors = diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Refusal(errors) }
    return facts
  }

  /// Fields that schemes read and of which columns do not hold every value.
  private func fieldsLost(by population: Population) -> [String] {
    let read = entries(readBy: Set(schemes.map(\.name)))
    return population.unsuitable.sorted { $0.key < $1.key }.flatMap { type, fields in
      fields.intersection(read).sorted().map { "\(type).\($0)" }
    }
  }
}

extension SubjectData {
  fileprivate init(_ facts: Facts, dictionary: DataDictionary, provenance: Provenance?) {
    self.init(population: Population(facts, dictionary: dictionary), facts: facts, provenance: provenance)
  }
}
