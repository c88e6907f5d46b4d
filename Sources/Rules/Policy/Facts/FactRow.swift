public import Diagnostics
public import FEEL

/// One record. Fields without a cell are unknown.
public struct FactRow: Sendable {
  public enum Cell: Sendable {
    /// Known to be none (`无`).
    case none
    case value(Value)
    /// The key of the record it leads to.
    case reference(String)
    /// Values by fiscal year; nil is a known none.
    case annual([Int: Value?])
  }

  public var key: String
  public var place: SourcePlace
  private var storage: Storage

  private enum Storage: Sendable {
    case own([String: Cell])
    /// Where a source keeps it.
    case kept(any RecordSource, Int)
  }

  public init(key: String, cells: [String: Cell], place: SourcePlace) {
    self.key = key
    self.place = place
    storage = .own(cells)
  }

  init(_ source: any RecordSource, _ position: Int) {
    key = source.key(at: position)
    place = source.place(at: position)
    storage = .kept(source, position)
  }

  /// What is known of a field; nil when it is unknown.
  public subscript(field: String) -> Cell? {
    switch storage {
    case .own(let cells): cells[field]
    case .kept(let source, let position): source.cell(field, at: position)
    }
  }

  /// Where what is known of a field comes from.
  func place(of field: String) -> SourcePlace {
    switch storage {
    case .own: place
    case .kept(let source, let position): source.place(of: field, at: position)
    }
  }

  /// All that is known, by field.
  public var cells: [String: Cell] {
    get {
      switch storage {
      case .own(let cells): cells
      case .kept(let source, let position): source.cells(at: position)
      }
    }
    // In place: a set alone would copy the cells each time that one is given.
    _modify {
      var own = cells
      storage = .own([:])
      defer { storage = .own(own) }
      yield &own
    }
  }
}
