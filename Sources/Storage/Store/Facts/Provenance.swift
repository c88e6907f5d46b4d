public import Diagnostics
public import FEEL
import JSON

/// Where a folder of facts comes from: a file `provenance.json` beside the CSV files.
public struct Provenance: Hashable, Sendable {
  /// The id of the pack whose dictionary the facts follow.
  public var pack: String?
  /// Whether the facts are made up.
  public var isSynthetic: Bool
  /// The day the facts describe.
  public var asOf: CalendarDate?
  /// The seed that makes them again.
  public var seed: UInt64?
  /// The example of the pack that the facts are copied from; its enterprises may go by short words.
  public var example: String?
  /// The store that the facts were exported from.
  public var store: Origin?
  /// Whether texts that a spreadsheet would take for formulas have an apostrophe before them.
  public var isGuarded: Bool

  /// Where exported facts come from, and what they are.
  public struct Origin: Hashable, Sendable {
    public var address: String
    /// The last batch that counts.
    public var known: Int
    /// SHA-256 over the rows of all files, in hexadecimal digits.
    public var digest: String
  }

  public static let fileName = "provenance.json"

  public init(
    pack: String?, isSynthetic: Bool, asOf: CalendarDate?, seed: UInt64?, example: String? = nil,
    store: Origin? = nil, isGuarded: Bool = false
  ) {
    self.pack = pack
    self.isSynthetic = isSynthetic
    self.asOf = asOf
    self.seed = seed
    self.example = example
    self.store = store
    self.isGuarded = isGuarded
  }

  /// nil when the folder does not say.
  public static func read(from folder: String) throws(Diagnostic) -> Provenance? {
    let path = folder.child(fileName)
    guard FileKind(path: path) == .regular else { return nil }
    return Provenance(try JSONNode.read(TextFile.bytes(path: path, maximumSize: 1 << 16), file: path).value)
  }

  /// Of a folder, of a workbook that tells it, or of the folder that a file is in.
  static func read(beside path: String) throws(Diagnostic) -> Provenance? {
    if FileKind(path: path) == .folder { return try read(from: path) }
    if let own = try read(inWorkbook: path) { return own }
    return try read(from: path.parentPath)
  }

  public func write(to folder: String) throws(Diagnostic) {
    try OutputFolder.write(json.text(.pretty) + "\n", to: folder.child(Provenance.fileName))
  }

  init(_ json: JSONValue) {
    self.init(
      pack: json["pack"]?.text, isSynthetic: json["synthetic"] == true,
      asOf: json["asOf"]?.text.flatMap { CalendarDate($0) }, seed: json["seed"]?.text.flatMap { UInt64($0) },
      example: json["example"]?.text,
      store: json["store"].flatMap { Origin($0) }, isGuarded: json["guarded"] == true)
  }

  var json: JSONValue {
    let guarded: [JSONValue.Member] = isGuarded ? [.init("guarded", true)] : []
    let own: [JSONValue.Member] = guarded + (store.map { [.init("store", $0.json)] } ?? [])
    let common: JSONValue = [
      "synthetic": .boolean(isSynthetic), "pack": .optional(pack), "asOf": .optional(asOf?.description),
      "seed": .optional(seed.map { String($0) }), "example": .optional(example),
    ]
    guard case .object(let members) = common else { return common }
    return .object(members + own)
  }
}

extension Provenance.Origin {
  fileprivate init?(_ json: JSONValue) {
    guard let address = json["address"]?.text, let known = json["known"]?.text.flatMap({ Int($0) }) else { return nil }
    self.init(address: address, known: known, digest: json["digest"]?.text ?? "")
  }

  fileprivate var json: JSONValue {
    ["address": .string(address), "known": .string(String(known)), "digest": .string(digest)]
  }
}
