import API
import Diagnostics
import Dispatch
import FEEL
import Policy
import Portal
import Registry
import Store

/// A region whose facts are those of a store, while it is served: when more is recorded, or another day begins, it is read again beside
/// what goes on, and takes the place of its older state.
struct ServedStore: Sendable {
  /// As it was when it was opened.
  let first: Region
  private let rulebook: Rulebook
  private let registry: RegistryStore

  init(_ rulebook: Rulebook, _ registry: RegistryStore) throws {
    self.rulebook = rulebook
    self.registry = registry
    first = try Self.region(rulebook, registry)
  }

  private static func region(_ rulebook: Rulebook, _ registry: RegistryStore) throws -> Region {
    let data = try rulebook.subjectData(
      of: RegistryData(registry, for: rulebook, asOf: Server.dayInChina()))
    return Region(
      rulebook: rulebook, population: data.population, facts: data.facts, asOf: data.archive?.moment.asOf,
      isSynthetic: data.provenance?.isSynthetic ?? false, archive: data.archive)
  }

  /// The region as it is now; nil when nothing has changed since an older state of it.
  private func newer(than known: Region) throws -> Region? {
    let last = try registry.lastBatch(upTo: nil)
    guard last != known.archive?.moment.known || Server.dayInChina() != known.asOf else { return nil }
    return try Self.region(rulebook, registry)
  }

  /// Keeps regions up to date until the task ends. What is wrong with a store is told on the error output, once each time it changes.
  static func keep(_ stores: [ServedStore], on shelf: RegionShelf) async {
    guard let registry = stores.first?.registry else { return }
    let refresher = Refresher(stores, shelf)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for await _ in registry.changes() { await refresher.refresh() } }
      group.addTask {
        while (try? await Task.sleep(for: .seconds(secondsBetweenLooks))) != nil { await refresher.refresh() }
      }
    }
  }

  /// For what no announcement tells: another day.
  private static let secondsBetweenLooks = 30

  /// One look at a time.
  private actor Refresher {
    private let stores: [ServedStore]
    private let shelf: RegionShelf
    private var problem = ""

    init(_ stores: [ServedStore], _ shelf: RegionShelf) { (self.stores, self.shelf) = (stores, shelf) }

    func refresh() async {
      for store in stores {
        guard let known = shelf.regions.region(store.first.id) else { continue }
        do {
          guard let region = try await Self.beside({ try store.newer(than: known) }) else { continue }
          await region.prepare(today: Server.dayInChina())
          shelf.replace(with: region)
          problem = ""
        } catch {
          tell(error)
        }
      }
    }

    private func tell(_ error: any Error) {
      let text = "\(error)"
      guard text != problem else { return }
      problem = text
      if let refusal = (error as? Refusal) ?? (error as? Diagnostic).map({ Refusal([$0]) }) {
        _ = Console.standard.report(refusal, asJSON: false)
      }
    }

    /// Work that blocks its thread goes where no request waits for it.
    private static func beside<R: Sendable>(_ work: @escaping @Sendable () throws -> R) async throws -> R {
      try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global(qos: .utility).async { continuation.resume(with: Result { try work() }) }
      }
    }
  }
}
