/// Where the elements of a model stand in its diagram: in layers by the depth of their requirements, the deepest on top,
/// each layer in rows of a bounded width.
struct DiagramLayout {
  struct Edge {
    /// The id of the requirement.
    var id: String
    /// The element required.
    var from: String
    /// The element that requires it.
    var to: String
  }

  struct Box {
    var x, y, width, height: Int
    var isService = false

    var middle: Int { x + width / 2 }
    var bottom: Int { y + height }
  }

  private(set) var boxes: [(id: String, box: Box)] = []
  let edges: [Edge]
  private var numbers: [String: Int] = [:]

  private static let columns = 12
  private static let size = (width: 160, height: 64)
  private static let gap = (x: 40, y: 72)

  init(_ model: DecisionModel, _ names: XMLNames, _ edges: [Edge]) {
    let ids = model.elements.map { names.id(of: $0.id) }
    numbers = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    self.edges = edges
    var needs = [[Int]](repeating: [], count: ids.count)
    for edge in edges {
      guard let from = numbers[edge.from], let to = numbers[edge.to] else { continue }
      needs[to].append(from)
    }
    let services = model.elements.map { if case .service = $0 { true } else { false } }
    place(ids, rows: Self.rows(Self.depths(needs), needs), services)
  }

  func box(of id: String) -> Box? { numbers[id].map { boxes[$0].box } }

  /// The longest chain of requirements below each element; the elements of a circle stand as if its last edge were not.
  private static func depths(_ needs: [[Int]]) -> [Int] {
    let rank = Components(edges: needs).rank
    var depths = [Int](repeating: 0, count: needs.count)
    for node in needs.indices.sorted(by: { rank[$0] < rank[$1] }) {
      for need in needs[node] where rank[need] < rank[node] { depths[node] = max(depths[node], depths[need] + 1) }
    }
    return depths
  }

  /// The layers from below, each cut into rows; inside a layer an element stands near the middle of what it requires.
  private static func rows(_ depths: [Int], _ needs: [[Int]]) -> [[Int]] {
    var places = [Double](repeating: 0, count: depths.count)
    var rows: [[Int]] = []
    let layers = Dictionary(grouping: depths.indices) { depths[$0] }
    for (_, members) in layers.sorted(by: { $0.key < $1.key }) {
      for node in members where !needs[node].isEmpty {
        places[node] = needs[node].reduce(0) { $0 + places[$1] } / Double(needs[node].count)
      }
      let ordered = members.sorted { (places[$0], $0) < (places[$1], $1) }
      for (index, node) in ordered.enumerated() { places[node] = Double(index) - Double(ordered.count - 1) / 2 }
      for start in stride(from: 0, to: ordered.count, by: columns) {
        rows.append(Array(ordered[start..<min(start + columns, ordered.count)]))
      }
    }
    return rows
  }

  private mutating func place(_ ids: [String], rows: [[Int]], _ services: [Bool]) {
    let step = (x: Self.size.width + Self.gap.x, y: Self.size.height + Self.gap.y)
    let widest = rows.map(\.count).max() ?? 0
    var placed = [Box](repeating: Box(x: 0, y: 0, width: 0, height: 0), count: ids.count)
    for (level, row) in rows.enumerated() {
      let left = Self.gap.x + (widest - row.count) * step.x / 2
      for (column, node) in row.enumerated() {
        placed[node] = Box(
          x: left + column * step.x, y: Self.gap.y + (rows.count - 1 - level) * step.y, width: Self.size.width,
          height: Self.size.height, isService: services[node])
      }
    }
    boxes = Array(zip(ids, placed)).map { (id: $0, box: $1) }
  }
}

extension XMLText {
  /// Diagram information (DMN 1.5 §13).
  mutating func write(_ layout: DiagramLayout, id: String) {
    element("dmndi:DMNDI") { out in
      out.element("dmndi:DMNDiagram", ["id": id]) { out in
        for (number, (id, box)) in layout.boxes.enumerated() { out.write(box, of: id, number: number) }
        for (number, edge) in layout.edges.enumerated() { out.write(edge, number: number, in: layout) }
      }
    }
  }

  private mutating func write(_ box: DiagramLayout.Box, of id: String, number: Int) {
    element(
      "dmndi:DMNShape",
      ["id": "dmnshape-\(number)", "dmnElementRef": id, "isCollapsed": box.isService ? "true" : nil]
    ) { out in
      out.element(
        "dc:Bounds", ["height": "\(box.height)", "width": "\(box.width)", "x": "\(box.x)", "y": "\(box.y)"])
    }
  }

  /// From the top of what is required to the bottom of what requires it.
  private mutating func write(_ edge: DiagramLayout.Edge, number: Int, in layout: DiagramLayout) {
    guard let from = layout.box(of: edge.from), let to = layout.box(of: edge.to) else { return }
    element("dmndi:DMNEdge", ["id": "dmnedge-\(number)", "dmnElementRef": edge.id]) { out in
      out.element("di:waypoint", ["x": "\(from.middle)", "y": "\(from.y)"])
      out.element("di:waypoint", ["x": "\(to.middle)", "y": "\(to.bottom)"])
    }
  }
}
