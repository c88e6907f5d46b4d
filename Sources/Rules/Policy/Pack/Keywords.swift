import Diagnostics

/// The words a pack may use, by the place where they stand. One table: Resources/keywords.txt.
package struct Keywords: Sendable {
  package enum Place: String {
    case construct, field, column, type, authority, sensitivity, role, purpose, verdict, word, nature, pointing,
      constant
  }

  package static let shared = Keywords(PackageResources.keywords_txt)

  private var ids: [String: [String: String]] = [:]
  private var words: [String: [String: [String]]] = [:]

  private init(_ resource: [UInt8]) {
    var place = ""
    for line in String(decoding: resource, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("[") {
        place = String(line.dropFirst().dropLast())
        continue
      }
      let columns = line.split(separator: " ").map(String.init)
      guard let id = columns.first else { continue }
      let spellings = columns.dropFirst().flatMap { $0.split(separator: "|").map(String.init) }
      words[place, default: [:]][id] = spellings
      for spelling in spellings { ids[place, default: [:]][spelling.lowercased()] = id }
    }
  }

  /// The id a word stands for in that place; nil when it is no keyword there.
  package func id(of word: String, as place: Place) -> String? { ids[place.rawValue]?[word.lowercased()] }

  /// The first spelling of an id in a language; the id itself when the table has none.
  func word(_ id: String, as place: Place, in language: Language = .chinese) -> String {
    let spellings = words[place.rawValue]?[id] ?? []
    return (language == .chinese ? spellings.first : spellings.last) ?? id
  }

  package func isWord(_ text: String, _ id: String) -> Bool { self.id(of: text, as: .word) == id }

  /// The spellings in one language, for near-word advice.
  func words(as place: Place) -> [String] { (words[place.rawValue] ?? [:]).values.flatMap { $0 } }

  func ids(as place: Place) -> [String] { Array((words[place.rawValue] ?? [:]).keys) }
}
