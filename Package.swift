// swift-tools-version: 6.1
import PackageDescription

// The house in one diagram: dependencies point one way, Apps → Storage → Programme → Rules → Core.
// Tests/LayersTests compares every import with this manifest.

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

#if arch(x86_64)
  let avx512: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-march=x86-64-v4"])]
#else
  let avx512: [SwiftSetting] = []
#endif

func target(
  _ name: String, in layer: String, on dependencies: Target.Dependency..., resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(layer)/\(name)", resources: resources,
    swiftSettings: settings)
}

func tests(of name: String, on dependencies: Target.Dependency..., resources: [Resource] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies + ["TestKit"], path: "Tests/\(name)Tests", resources: resources,
    swiftSettings: settings)
}

let package = Package(
  name: "silian",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "FEEL", targets: ["FEEL"]),
    .library(name: "DMN", targets: ["DMN"]),
    .library(name: "Policy", targets: ["Policy"]),
    .library(name: "Population", targets: ["Population"]),
    .library(name: "Store", targets: ["Store"]),
    .library(name: "TestKit", targets: ["TestKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .target(
      name: "TestKit", dependencies: ["Diagnostics", "FEEL", "DMN", "CLibXML2", "SQL"], path: "Sources/TestKit",
      resources: [.embedInCode("Fuzz/Corpus"), .embedInCode("Soak/Pack")],
      swiftSettings: settings),

    target("Diagnostics", in: "Core", resources: [.embedInCode("Messages")]),
    target("JSON", in: "Core", on: "Diagnostics"),

    .target(
      name: "CDecimal", path: "Sources/Rules/CDecimal",
      linkerSettings: [.linkedLibrary("bidgcc000")]),
    target("FEEL", in: "Rules", on: "Diagnostics", "CDecimal"),
    .systemLibrary(
      name: "CLibXML2", path: "Sources/Rules/CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    target("DMN", in: "Rules", on: "Diagnostics", "FEEL", "CLibXML2"),
    target("Conformance", in: "Rules", on: "Diagnostics", "FEEL", "DMN"),
    .systemLibrary(
      name: "CMarkGFM", path: "Sources/Rules/CMarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    target(
      "Policy", in: "Rules", on: "Diagnostics", "FEEL", "DMN", "CMarkGFM", yams,
      resources: [.embedInCode("Resources")]),
    .target(name: "CProcessor", path: "Sources/Rules/CProcessor"),
    target("Instructions", in: "Rules"),
    target("Kernels", in: "Rules", on: "Instructions"),
    // The same loops for processors with AVX-512, taken where there is one.
    .target(
      name: "KernelsAVX512", dependencies: ["Instructions"], path: "Sources/Rules/KernelsAVX512",
      swiftSettings: settings + avx512),
    target(
      "Population", in: "Rules", on: "Diagnostics", "FEEL", "DMN", "Policy", "CProcessor", "Instructions", "Kernels",
      "KernelsAVX512"),
    target("Synthesis", in: "Rules", on: "Diagnostics", "FEEL", "Policy", yams),

    target(
      "Registry", in: "Programme", on: "Diagnostics", "FEEL", "Policy", resources: [.embedInCode("Resources")]),

    .systemLibrary(
      name: "CPostgres", path: "Sources/Storage/CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    target("SQL", in: "Storage", on: "CPostgres", grdb, sqlite),
    .systemLibrary(name: "CZip", path: "Sources/Storage/CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", path: "Sources/Storage/CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    target("Spreadsheet", in: "Storage", on: "Diagnostics", "CLibXML2", "CZip", "CXLSXWriter"),
    target(
      "Tabulation", in: "Storage", on: "Diagnostics", "FEEL", "Policy", "Spreadsheet",
      resources: [.embedInCode("Resources")]),
    .systemLibrary(
      name: "CCrypto", path: "Sources/Storage/CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    target(
      "Store", in: "Storage", on: "Diagnostics", "JSON", "FEEL", "Policy", "Population", "Registry", "SQL",
      "Spreadsheet", "Tabulation", "CCrypto"),

    target(
      "API", in: "Apps", on: "Diagnostics", "JSON", "FEEL", "Policy", "Population", "Registry", "Store", hummingbird),
    target(
      "Portal", in: "Apps", on: "Diagnostics", "JSON", "FEEL", "Policy", "Population", "Registry", "Store", "API",
      hummingbird, mustache,
      resources: [.embedInCode("Templates")]),
    .executableTarget(
      name: "silian",
      dependencies: [
        "Diagnostics", "JSON", "FEEL", "DMN", "Conformance", "Policy", "Population", "Synthesis", "Registry",
        "Tabulation", "Store", "API", "Portal",
        arguments,
      ],
      path: "Sources/Apps/CLI", swiftSettings: settings),

    // Tables that tests of several targets read.
    .target(
      name: "MessyTables", dependencies: ["Policy", "TestKit"], path: "Tests/MessyTables", swiftSettings: settings),

    tests(of: "JSON", on: "JSON", "Diagnostics"),
    tests(of: "FEEL", on: "FEEL", "Diagnostics"),
    tests(of: "DMN", on: "DMN", "FEEL", "Diagnostics"),
    tests(of: "Conformance", on: "Conformance", "DMN", "FEEL", "Diagnostics"),
    tests(of: "Policy", on: "Policy", "DMN", "FEEL", "Diagnostics"),
    tests(
      of: "Population", on: "Population", "CProcessor", "Instructions", "Kernels", "KernelsAVX512", "Synthesis",
      "Store",
      "Policy", "DMN", "FEEL", "Diagnostics"),
    tests(of: "Synthesis", on: "Synthesis", "Policy", "FEEL", "Diagnostics"),
    tests(of: "Registry", on: "Registry", "Policy", "FEEL", "Diagnostics"),
    tests(of: "SQL", on: "SQL"),
    tests(of: "Spreadsheet", on: "Spreadsheet", "Diagnostics"),
    tests(of: "Tabulation", on: "Tabulation", "Spreadsheet", "MessyTables", "Policy", "FEEL", "Diagnostics"),
    tests(
      of: "Store", on: "Store", "Tabulation", "Spreadsheet", "MessyTables", "Registry", "SQL", "Population", "JSON",
      "Policy", "FEEL", "Diagnostics"),
    tests(of: "API", on: "API", "Store", "JSON", "Policy", "FEEL", "Diagnostics", hummingbird, hummingbirdTesting),
    tests(
      of: "Portal", on: "Portal", "API", "Store", "Policy", "FEEL", "Diagnostics", hummingbird, hummingbirdTesting),
    tests(
      of: "CLI", on: "silian", "MessyTables", "API", "Registry", "Store", "Population", "Policy", "FEEL", "JSON",
      "Diagnostics"),
    tests(of: "Tidy", on: "Policy", "FEEL", "Diagnostics"),
  ],
  swiftLanguageModes: [.v6]
)
