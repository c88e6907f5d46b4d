// swift-tools-version: 6.1
import PackageDescription

// A package apart, so that the product never depends on how it is measured.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "silian", path: "..")],
  targets: [
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        .product(name: "DMN", package: "silian"),
        .product(name: "FEEL", package: "silian"),
        .product(name: "Policy", package: "silian"),
        .product(name: "Store", package: "silian"),
      ]),
    .executableTarget(
      name: "Workload",
      dependencies: [
        .product(name: "FEEL", package: "silian"),
        .product(name: "Policy", package: "silian"),
        .product(name: "Population", package: "silian"),
        .product(name: "Store", package: "silian"),
      ]),
    .executableTarget(
      name: "Columns",
      dependencies: [
        .product(name: "Policy", package: "silian"),
        .product(name: "Population", package: "silian"),
        .product(name: "Store", package: "silian"),
      ]),
    .executableTarget(
      name: "Simulations",
      dependencies: [
        .product(name: "FEEL", package: "silian"),
        .product(name: "Policy", package: "silian"),
        .product(name: "Population", package: "silian"),
        .product(name: "Store", package: "silian"),
      ]),
    .executableTarget(name: "Soak", dependencies: [.product(name: "TestKit", package: "silian")]),
    .executableTarget(name: "Fuzz", dependencies: [.product(name: "TestKit", package: "silian")]),
  ],
  swiftLanguageModes: [.v6]
)
