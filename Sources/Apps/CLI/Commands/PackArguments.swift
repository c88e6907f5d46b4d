import Diagnostics
import Policy
import Store

/// Packs named on a command line, perhaps by a pattern that names other files too.
enum PackArguments {
  /// A single path is taken at its word. Of several, those that are there and are no packs are passed over.
  static func packs(among paths: [String]) throws(Diagnostic) -> [String] {
    guard paths.count > 1 else { return paths }
    let packs = paths.filter { PackFolder.isPack(at: $0) || FileKind(path: $0) == .missing }
    if packs.isEmpty { throw Diagnostic("cli.usage.no-pack", at: SourcePlace(file: paths[0])) }
    return packs
  }
}

extension [CommandStatus] {
  /// The one that tells most: what could not be read, then what is wrong in a pack.
  var worst: CommandStatus { first { $0 != .fine && $0 != .problems } ?? first { $0 != .fine } ?? .fine }
}
