import FEEL
public import JSON
public import Policy

extension Succession {
  public var json: JSONValue {
    [
      "record": record.json, "predecessor": predecessor.json, "successor": successor.json, "step": .integer(step),
      "particulars": .object(particulars.map { .init($0.field, .string($0.text)) }),
    ]
  }
}

extension RecordGraph.Edge {
  public var json: JSONValue {
    [
      "name": .string(name), "relation": relation?.json ?? .null, "from": from.json, "to": to.json,
    ]
  }
}

extension ChainView {
  /// - Parameter limit: members that are told of each link; how many there are is told in any case.
  public func json(limit: Int) -> JSONValue {
    [
      "chain": chain.json, "links": .array(links.map { $0.json(limit: limit) }), "gaps": .array(gaps.map(\.json)),
    ]
  }
}

extension ChainView.Link {
  fileprivate func json(limit: Int) -> JSONValue {
    [
      "link": link.json, "order": .optional(order?.description), "supplies": .array(supplies.map(\.json)),
      "count": .integer(members.count), "members": .array(members.prefix(limit).map(\.json)),
    ]
  }
}
