import ArgumentParser
import Diagnostics
import Synchronization

/// The words of `--help`, in the language of the command line.
enum HelpText {
  private static let chosen = Mutex(Language.chinese)

  static var language: Language {
    get { chosen.withLock { $0 } }
    set { chosen.withLock { $0 = newValue } }
  }

  static func of(_ key: String) -> String { Catalogue.shared.text(key, in: language) }

  static func help(_ key: String, valueName: String? = nil) -> ArgumentHelp {
    ArgumentHelp(stringLiteral: of(key)).named(valueName)
  }
}

extension ArgumentHelp {
  fileprivate func named(_ name: String?) -> ArgumentHelp {
    ArgumentHelp(abstract, discussion: discussion, valueName: name, visibility: visibility)
  }
}
