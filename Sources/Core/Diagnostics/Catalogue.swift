/// The languages of the interface.
public enum Language: String, CaseIterable, Sendable, Hashable, Codable {
  case chinese = "zh"
  case english = "en"
}

/// Every sentence a user may read, by key and language. Read once from the `Messages` folder.
///
/// The form of a message file: a line with the key, then lines `zh text` and `en text`; `zh! text` and `en! text` say
/// how to mend it. `{name}` stands for an argument. Empty lines and lines beginning with `#` are passed over.
public struct Catalogue: Sendable {
  public static let shared = Catalogue(files: [
    PackageResources.common_txt, PackageResources.feel_txt, PackageResources.dmn_txt, PackageResources.policy_txt,
    PackageResources.store_txt, PackageResources.population_txt, PackageResources.cli_txt, PackageResources.api_txt,
    PackageResources.portal_txt, PackageResources.spreadsheet_txt, PackageResources.tabulation_txt,
  ])

  private var texts: [Language: [String: String]] = [:]
  private var remedies: [Language: [String: String]] = [:]
  public private(set) var keys: [String] = []

  init(files: [[UInt8]]) {
    for file in files { read(String(decoding: file, as: UTF8.self)) }
  }

  /// The text under `key` with its arguments filled in; the key itself where the catalogue has none.
  public func text(_ key: String, in language: Language, _ arguments: [String: String] = [:]) -> String {
    guard let template = texts[language]?[key] else {
      let given = arguments.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      return given.isEmpty ? key : "\(key) (\(given.joined(separator: ", ")))"
    }
    return fill(template, with: arguments)
  }

  public func remedy(_ key: String, in language: Language, _ arguments: [String: String] = [:]) -> String? {
    remedies[language]?[key].map { fill($0, with: arguments) }
  }

  public func has(_ key: String, in language: Language) -> Bool { texts[language]?[key] != nil }

  private mutating func read(_ file: String) {
    var key = ""
    for line in file.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      guard let space = line.firstIndex(of: " ") else {
        key = String(line)
        keys.append(key)
        continue
      }
      let tag = line[..<space]
      let text = String(line[line.index(after: space)...])
      guard let language = Language(rawValue: String(tag.prefix(2))) else { continue }
      if tag.hasSuffix("!") {
        remedies[language, default: [:]][key] = text
      } else {
        texts[language, default: [:]][key] = text
      }
    }
  }

  private func fill(_ template: String, with arguments: [String: String]) -> String {
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      result += arguments[name] ?? "{\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
