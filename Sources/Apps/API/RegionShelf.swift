internal import Synchronization

/// The regions that are served. One may take the place of an older state of itself while requests are answered; each request sees one
/// state throughout.
public final class RegionShelf: Sendable, ExpressibleByArrayLiteral {
  private let state: Mutex<[Region]>

  public init(_ regions: [Region]) { state = Mutex(regions) }

  public convenience init(arrayLiteral regions: Region...) { self.init(regions) }

  public var regions: [Region] { state.withLock { $0 } }

  /// Puts a region in the place of the one with its id.
  public func replace(with region: Region) {
    state.withLock { regions in
      if let place = regions.firstIndex(where: { $0.id == region.id }) { regions[place] = region }
    }
  }
}
