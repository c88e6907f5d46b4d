public import Diagnostics

/// A folder of policy documents as values. Reading the folder is the host's work (``PackSource``).
public struct Pack: Sendable {
  public var id: String
  public var title: String
  /// GB/T 2260 code of the region whose documents these are.
  public var jurisdiction: String
  public var version: String
  public var uses: [Use]
  /// Its dictionary serves other packs: fields it does not read itself are no mistake.
  public var isShared: Bool
  public var documents: [PolicyDocument]

  /// A pack whose dictionary, decisions and titles this one builds on.
  public struct Use: Hashable, Sendable {
    public var pack: String
    public var alias: String?
  }
}

/// The texts of a pack's folder.
public struct PackSource: Sendable {
  public struct File: Sendable {
    /// As shown in messages, e.g. `packs/karamay/tech-finance.md`.
    public var path: String
    public var text: String

    public init(path: String, text: String) {
      self.path = path
      self.text = text
    }
  }

  public var files: [File]

  public init(files: [File]) { self.files = files }

  public static let manifestName = "pack.yaml"
  public static let maximumFileSize = 1 << 20
  public static let maximumSize = 16 << 20
}

/// One policy document: its front matter, and its sections in order.
public struct PolicyDocument: Sendable {
  public var id: String
  public var title: String
  public var issuer: String
  /// nil where the text does not say.
  public var number: String?
  public var issued: String?
  public var inForce: Period
  public var inForceNote: String?
  public var basis: String?
  public var repeals: String?
  public var source: String?
  public var note: String?
  /// The numbers of all clauses of the official text, in order; empty when the author did not give them.
  public var outline: [String]
  /// Where the outline is written.
  public var outlinePlace: SourcePlace
  public var sections: [Section]
  public var place: SourcePlace

  public var clauses: [Section] { sections.filter { $0.clause != nil } }
}

/// A heading of a document with what stands under it, up to the next section. A section with a number is a clause.
public struct Section: Sendable {
  public var heading: String
  public var level: Int
  public var clause: String?
  /// Where the clause's number is written; the heading's place without one.
  public var clausePlace: SourcePlace
  public var lead: [String]
  public var responsible: [String]
  /// The names in 牵头 and 责任.
  public var mentions: [Mention]
  public var refs: [String]
  public var notComputable: String?
  public var note: String?
  /// The clause in plain words, a paragraph each, as Markdown.
  public var prose: [String]
  public var constructs: [Construct]
  public var place: SourcePlace
}

/// Where a construct stands: pack, document, clause. Written `pack/document/clause#name`.
public struct Citation: Hashable, Sendable, CustomStringConvertible {
  public var pack: String
  public var document: String
  public var documentTitle: String
  public var clause: String?
  public var heading: String

  public var description: String { [pack, document, clause].compactMap { $0 }.joined(separator: "/") }
}
