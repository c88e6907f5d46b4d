internal import CPostgres

/// Where a server is and how to enter it.
///
/// libpq repeats pieces of an address that it cannot read, and so of a password. Such addresses are refused here, without
/// a word of them.
package struct PostgreSQLAddress: Sendable {
  private let url: String

  package init(url: String) throws(SQLError) {
    guard let rest = Self.afterScheme(url), !Self.isAmbiguous(rest), Self.isParsed(url) else {
      throw SQLError(
        .gone,
        "the address of the database cannot be understood; write postgresql://user:password@host:port/database, "
          + "with special letters percent-encoded")
    }
    self.url = url
  }

  /// Begins to connect.
  func start() throws(SQLError) -> OpaquePointer? {
    let settings = before + [("dbname", url)] + after
    let keywords = try PostgreSQLArguments(settings.map { .text($0.0) } + [.null])
    let values = try PostgreSQLArguments(settings.map { .text($0.1) } + [.null])
    return keywords.withPointers { _, keywords, _, _ in
      values.withPointers { _, values, _, _ in PQconnectStartParams(keywords, values, 1) }
    }
  }

  /// What the address may set otherwise. A machine that vanished is noticed within a minute.
  private var before: [(String, String)] {
    [
      ("fallback_application_name", "silian"),
      ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
      ("tcp_user_timeout", "60000"),
    ]
  }

  /// What it may not.
  private var after: [(String, String)] { [("client_encoding", "UTF8")] }

  // MARK: checks

  private static func afterScheme(_ url: String) -> Substring? {
    let scheme = ["postgresql://", "postgres://"].first { url.hasPrefix($0) }
    return scheme.map { url.dropFirst($0.count) }
  }

  /// Whether a piece of a password may be taken for a host, a port or a database.
  private static func isAmbiguous(_ rest: Substring) -> Bool {
    let authority = rest.prefix { $0 != "/" }
    let path = rest.dropFirst(authority.count).prefix { $0 != "?" }
    let parts = authority.split(separator: "@", omittingEmptySubsequences: false)
    if parts.count == 1, authority.contains(":"), path.contains("@") { return true }
    let hosts = (parts.last ?? "").prefix { $0 != "?" }
    return parts.count > 2 || !hosts.split(separator: ",").allSatisfy(hasSoundPort)
  }

  /// `host:5432`, `[::1]:5432`
  private static func hasSoundPort(_ host: Substring) -> Bool {
    let name = host.split(separator: "]").last ?? ""
    guard let colon = name.lastIndex(of: ":") else { return true }
    return host.hasSuffix("]") || name[name.index(after: colon)...].allSatisfy { ("0"..."9").contains($0) }
  }

  private static func isParsed(_ url: String) -> Bool {
    var words: UnsafeMutablePointer<CChar>?
    let options = PQconninfoParse(url, &words)
    PQfreemem(words)
    PQconninfoFree(options)
    return options != nil
  }
}
