/// A FEEL context: names to values, in order. Either written out, or backed by a record of the host.
public struct Context: Sendable {
  private enum Storage {
    case entries([String], [String: Value])
    case record(any Record)
  }
  private var storage: Storage

  public init() { storage = .entries([], [:]) }

  /// Later entries of the same name replace earlier ones and keep their position.
  public init(_ entries: some Sequence<(String, Value)>) {
    self.init()
    for (name, value) in entries { self[name] = value }
  }

  public init(_ record: any Record) { storage = .record(record) }

  public var names: [String] {
    switch storage {
    case .entries(let names, _): names
    case .record(let record): record.names
    }
  }

  public var count: Int { names.count }

  public var entries: [(name: String, value: Value)] { names.map { ($0, self[$0] ?? .null()) } }

  /// The host record behind the context, if there is one.
  public var record: (any Record)? {
    if case .record(let record) = storage { record } else { nil }
  }

  /// nil when the context has no entry of that name. Writing turns a record into plain entries.
  public subscript(name: String) -> Value? {
    get {
      switch storage {
      case .entries(_, let values): values[name]
      case .record(let record): record[name]
      }
    }
    set {
      var names = self.names
      var values: [String: Value]
      switch storage {
      case .entries(_, let own): values = own
      case .record(let record):
        values = Dictionary(uniqueKeysWithValues: names.map { ($0, record[$0] ?? .null()) })
      }
      storage = .entries([], [:])
      if let newValue {
        if values.updateValue(newValue, forKey: name) == nil { names.append(name) }
      } else if values.removeValue(forKey: name) != nil {
        names.removeAll { $0 == name }
      }
      storage = .entries(names, values)
    }
  }
}

/// A host object that can stand as a context: an enterprise, a loan. Entries are made when asked for.
public protocol Record: AnyObject, Sendable {
  var names: [String] { get }
  /// nil when there is no entry of that name.
  subscript(name: String) -> Value? { get }
}
