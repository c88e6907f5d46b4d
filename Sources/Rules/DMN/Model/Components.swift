/// The strongly connected components of a graph, by Tarjan's algorithm without recursion: a chain of a hundred thousand
/// decisions needs no more stack than one.
struct Components {
  /// For each node its place in an order where successors come first.
  private(set) var rank: [Int]
  /// The components that hold a cycle, each in ascending order.
  private(set) var cyclic: [[Int]] = []

  private var low: [Int]
  private var number: [Int?]
  private var isOpen: [Bool]
  private var open: [Int] = []
  private var counter = 0
  private var finished = 0

  init(edges: [[Int]]) {
    rank = Array(repeating: 0, count: edges.count)
    low = rank
    number = Array(repeating: nil, count: edges.count)
    isOpen = Array(repeating: false, count: edges.count)
    for node in edges.indices where number[node] == nil { visit(node, edges) }
  }

  private mutating func visit(_ root: Int, _ edges: [[Int]]) {
    var path = [(node: root, next: 0)]
    begin(root)
    while let (node, next) = path.last {
      if next < edges[node].count {
        path[path.count - 1].next += 1
        let target = edges[node][next]
        if let seen = number[target] {
          if isOpen[target] { low[node] = min(low[node], seen) }
        } else {
          begin(target)
          path.append((target, 0))
        }
      } else {
        path.removeLast()
        if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == number[node] { close(node, edges) }
      }
    }
  }

  private mutating func begin(_ node: Int) {
    number[node] = counter
    low[node] = counter
    counter += 1
    isOpen[node] = true
    open.append(node)
  }

  private mutating func close(_ root: Int, _ edges: [[Int]]) {
    var component: [Int] = []
    while let node = open.popLast() {
      isOpen[node] = false
      rank[node] = finished
      finished += 1
      component.append(node)
      if node == root { break }
    }
    if component.count > 1 || edges[root].contains(root) { cyclic.append(component.sorted()) }
  }

  /// The shortest way from the first node of a component back to itself.
  static func cycle(in component: [Int], edges: [[Int]]) -> [Int] {
    guard let start = component.first else { return [] }
    let inside = Set(component)
    var cameFrom: [Int: Int] = [:]
    var queue = [start]
    var position = 0
    while position < queue.count {
      let node = queue[position]
      position += 1
      for target in edges[node] where inside.contains(target) {
        if target == start { return way(to: node, cameFrom) }
        guard cameFrom[target] == nil else { continue }
        cameFrom[target] = node
        queue.append(target)
      }
    }
    return [start]
  }

  private static func way(to end: Int, _ cameFrom: [Int: Int]) -> [Int] {
    var path = [end]
    while let previous = cameFrom[path[path.count - 1]] { path.append(previous) }
    return path.reversed()
  }
}
