import Conformance
import Foundation
import TestKit

/// The public kit, when it lies beside the checkout: `../shared/tck`.
enum Kit {
  static let folder = Checkout.root.deletingLastPathComponent().appendingPathComponent("shared/tck").path

  static let isThere: Bool = {
    let isThere = FileManager.default.fileExists(atPath: folder + "/compliance-level-3")
    if !isThere { print(notice) }
    return isThere
  }()

  private static var notice: String {
    let bar = String(repeating: "!", count: 100)
    return """
      \(bar)
      !! THE CONFORMANCE KIT WAS NOT RUN: there is no \(folder)
      !! Put the DMN TCK (github.com/dmn-tck/tck, TestCases/) there, or run `silian tck DIR`.
      \(bar)
      """
  }
}
