import Hummingbird
public import JSON
public import Policy

/// Packs, and the firms known to each.
extension API {
  var packOperations: [Operation] {
    [
      Operation(path: "/packs", id: "listPacks", answers: Schema.list("packs", of: "Pack"), refusals: []) { _, _ in
        JSONValue.object([.init("packs", .array(regions.packs.map { $0.pack.json }))]).response()
      },
      Operation(path: "/packs/{pack}", id: "readPack", answers: Schema.reference("Pack")) { _, context in
        try pack(context).pack.json.response()
      },
    ]
  }

  func pack(_ context: WebContext) throws -> (pack: Pack, region: Region) {
    let id = context.parameter("pack")
    guard let found = regions.pack(id) else {
      throw Problem.unknown("pack", id, among: regions.packs.map { $0.pack.id })
    }
    return found
  }

  /// A pack that check-ups can be run on.
  func region(_ context: WebContext) throws -> Region {
    let id = context.parameter("pack")
    guard let region = regions.region(id) else { throw Problem.unknown("pack", id, among: regions.map(\.id)) }
    return region
  }
}

extension Pack {
  var json: JSONValue {
    [
      "id": .string(id), "title": .string(title), "jurisdiction": .string(jurisdiction), "version": .string(version),
      "uses": .strings(uses.map(\.pack)), "documents": .strings(documents.map(\.id)),
    ]
  }

  /// Every construct of the pack.
  var constructs: [Construct] { documents.flatMap { $0.sections.flatMap(\.constructs) } }
}

extension Subject {
  var json: JSONValue { ["type": .string(type), "key": .string(key), "display": .string(display)] }
}

extension RecordReference {
  public var json: JSONValue { ["type": .string(type), "key": .string(key), "display": .string(display)] }
}
