internal import Foundation
internal import Synchronization

/// Where a clock stands: a fixed distance from UTC, or a region of the IANA time zone database.
public enum Zone: Hashable, Sendable {
  /// Seconds east of UTC, within 14 hours (DMN 1.5 §10.3.2.3.4).
  case offset(seconds: Int32)
  case region(Region)

  public init?(offsetSeconds: Int) {
    guard abs(offsetSeconds.clamped) <= 50_400 else { return nil }
    self = .offset(seconds: Int32(offsetSeconds))
  }

  /// - Parameter region: a name of the IANA database, such as `Asia/Shanghai`; nil for an unknown one.
  public init?(region name: String) {
    guard let region = Region.named(name) else { return nil }
    self = .region(region)
  }

  public static let utc = Zone.offset(seconds: 0)

  /// The seconds east of UTC in the zone when its wall clock shows `seconds` since 1970-01-01T00:00:00.
  func offsetSeconds(atLocalSeconds seconds: Int) -> Int {
    switch self {
    case .offset(let offset): Int(offset)
    case .region(let region): region.offsetSeconds(atLocalSeconds: seconds)
    }
  }

  /// The seconds east of UTC at the moment `seconds` after 1970-01-01T00:00:00Z.
  func offsetSeconds(atInstant seconds: Int) -> Int {
    switch self {
    case .offset(let offset): Int(offset)
    case .region(let region): region.offsetSeconds(atInstant: seconds)
    }
  }

  /// The offset that a time without a date has: that of a region is taken on 1970-01-01.
  var standardOffsetSeconds: Int { offsetSeconds(atLocalSeconds: 0) }

  /// nil for a fixed offset.
  public var regionName: String? {
    if case .region(let region) = self { region.name } else { nil }
  }

  /// A region of the IANA database; one object for each name.
  public final class Region: Hashable, Sendable {
    public let name: String
    private let zone: TimeZone

    private init(name: String, zone: TimeZone) {
      self.name = name
      self.zone = zone
    }

    private static let known = Mutex<[String: Region]>([:])

    static func named(_ name: String) -> Region? {
      known.withLock { known in
        if let region = known[name] { return region }
        guard isRegionName(name), let zone = TimeZone(identifier: name) else { return nil }
        let region = Region(name: name, zone: zone)
        known[name] = region
        return region
      }
    }

    /// Foundation also accepts `GMT+3` and the like, which are no regions.
    private static func isRegionName(_ name: String) -> Bool {
      guard name.utf8.count <= 64, name.utf8.allSatisfy(\.isRegionCharacter) else { return false }
      return name.contains("/") || ["UTC", "GMT", "CET", "EET", "MET", "WET", "EST", "MST", "HST"].contains(name)
        || TimeZone.knownTimeZoneIdentifiers.contains(name)
    }

    /// A gap in the clock (spring) takes the offset before it; a repeated hour (autumn) the earlier instant.
    func offsetSeconds(atLocalSeconds seconds: Int) -> Int {
      let local = Region.withinTheRules(seconds)
      let before = offset(atInstant: local - 86_400), after = offset(atInstant: local + 86_400)
      guard before != after else { return offset(atInstant: local - before) }
      if offset(atInstant: local - before) == before { return before }
      return offset(atInstant: local - after) == after ? after : before
    }

    func offsetSeconds(atInstant seconds: Int) -> Int { offset(atInstant: Region.withinTheRules(seconds)) }

    private func offset(atInstant seconds: Int) -> Int {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }

    /// The calendar repeats every 400 years; the rules of the last known year hold for all later ones.
    private static func withinTheRules(_ seconds: Int) -> Int {
      let cycle = 146_097 * 86_400, last = 13_569_465_600
      if seconds > last { return last - cycle + (seconds - last) % cycle }
      return max(seconds, -5_000_000_000)
    }

    public static func == (a: Region, b: Region) -> Bool { a === b || a.name == b.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }
}

extension UInt8 {
  fileprivate var isRegionCharacter: Bool {
    switch Unicode.Scalar(self) {
    case "A"..."Z", "a"..."z", "0"..."9", "/", "_", "-", "+": true
    default: false
    }
  }
}

extension Zone: CustomStringConvertible {
  /// `Z`, `+08:00`, `-02:45:55`, `@Asia/Shanghai`.
  public var description: String {
    switch self {
    case .region(let region): return "@" + region.name
    case .offset(seconds: 0): return "Z"
    case .offset(let offset):
      let size = Int(abs(offset))
      let seconds = size % 60 == 0 ? "" : ":\((size % 60).twoDigits)"
      return "\(offset < 0 ? "-" : "+")\((size / 3_600).twoDigits):\((size / 60 % 60).twoDigits)\(seconds)"
    }
  }
}
