import Mustache

/// The templates and assets of the portal, built into the program.
struct Templates: Sendable {
  static let shared = Templates()

  private let library: MustacheLibrary

  private init() {
    var library = MustacheLibrary()
    for (name, bytes) in Self.sources {
      do {
        try library.register(String(decoding: bytes, as: UTF8.self), named: name)
      } catch {
        preconditionFailure("template \(name): \(error)")
      }
    }
    self.library = library
  }

  func render(_ view: View, with template: String) -> String { library.render(view, withTemplate: template) ?? "" }

  private static let sources: [(String, [UInt8])] = [
    ("chain", PackageResources.chain_mustache),
    ("check-up", PackageResources.check_up_mustache),
    ("construct", PackageResources.construct_mustache),
    ("contents", PackageResources.contents_mustache),
    ("decision-table", PackageResources.decision_table_mustache),
    ("dictionary", PackageResources.dictionary_mustache),
    ("document", PackageResources.document_mustache),
    ("error", PackageResources.error_mustache),
    ("error-summary", PackageResources.error_summary_mustache),
    ("field", PackageResources.field_mustache),
    ("firm-list", PackageResources.firm_list_mustache),
    ("firms", PackageResources.firms_mustache),
    ("form", PackageResources.form_mustache),
    ("help", PackageResources.help_mustache),
    ("home", PackageResources.home_mustache),
    ("layout", PackageResources.layout_mustache),
    ("outcome", PackageResources.outcome_mustache),
    ("parameters", PackageResources.parameters_mustache),
    ("plain-table", PackageResources.plain_table_mustache),
    ("policies", PackageResources.policies_mustache),
    ("portrait", PackageResources.portrait_mustache),
    ("portrait-facts", PackageResources.portrait_facts_mustache),
    ("portrait-peers", PackageResources.portrait_peers_mustache),
    ("result", PackageResources.result_mustache),
    ("scheme", PackageResources.scheme_mustache),
    ("simulate", PackageResources.simulate_mustache),
    ("simulation-curve", PackageResources.simulation_curve_mustache),
    ("simulation-figures", PackageResources.simulation_figures_mustache),
    ("trace", PackageResources.trace_mustache),
  ]
}

/// A file that pages refer to. Its address holds a digest of the content, so that it may be kept for ever.
struct Asset: Sendable {
  let name: String
  let type: String
  let bytes: [UInt8]

  var path: String { "/assets/\(name)" }
  var address: String { "\(path)?v=\(String(digest, radix: 36))" }

  /// FNV-1a; tells versions apart, guards nothing.
  private var digest: UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  static let style = Asset(name: "silian.css", type: "text/css; charset=utf-8", bytes: PackageResources.silian_css)
  static let script = Asset(
    name: "silian.js", type: "text/javascript; charset=utf-8", bytes: PackageResources.silian_js)
  static let icon = Asset(name: "favicon.svg", type: "image/svg+xml", bytes: PackageResources.favicon_svg)
  static let all = [style, script, icon]
  static var addresses: View { ["style": style.address, "script": script.address, "icon": icon.address] }
}
