import ArgumentParser
import Diagnostics
import Foundation
import Policy
import Store

/// Which store is meant, and who asks.
struct StoreOptions: ParsableArguments {
  @Option(help: HelpText.help("cli.option.store", valueName: "address"))
  var store: String

  @Option(help: HelpText.help("cli.option.actor", valueName: "name"))
  var actor: String?

  /// Who is written down: by default the user of the machine.
  var actorName: String { actor ?? Self.user }

  static var user: String { NSUserName() }

  /// The store, with room for what a pack describes.
  /// - Parameter creates: whether it is made where there is none.
  func open(for rulebook: Rulebook, creates: Bool = false) throws(Diagnostic) -> RegistryStore {
    let registry = try RegistryStore.open(store, creates: creates)
    try registry.adopt(rulebook.dictionary, owner: rulebook.main.id, actor: actorName)
    return registry
  }

  /// A store that is there.
  func open() throws(Diagnostic) -> RegistryStore { try RegistryStore.open(store) }
}
