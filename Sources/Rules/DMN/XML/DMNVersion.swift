/// The versions of DMN XML that can be read, by the namespace of their elements (DMN 1.5 §12).
enum DMNVersion: String, CaseIterable {
  case v1_1 = "http://www.omg.org/spec/DMN/20151101/dmn.xsd"
  case v1_2 = "http://www.omg.org/spec/DMN/20180521/MODEL/"
  case v1_3 = "https://www.omg.org/spec/DMN/20191111/MODEL/"
  case v1_4 = "https://www.omg.org/spec/DMN/20211108/MODEL/"
  case v1_5 = "https://www.omg.org/spec/DMN/20230324/MODEL/"

  /// Whether a language is FEEL, of whatever version: `https://www.omg.org/spec/DMN/20230324/FEEL/`.
  static func isFEEL(_ language: String) -> Bool {
    let parts = language.lowercased().split(separator: "/")
    return parts.last == "feel" || parts.suffix(2).first == "feel"
  }

  /// The namespaces of version 1.5, for writing.
  enum Namespace {
    static let model = DMNVersion.v1_5.rawValue
    static let diagram = "https://www.omg.org/spec/DMN/20230324/DMNDI/"
    static let measures = "http://www.omg.org/spec/DMN/20180521/DC/"
    static let interchange = "http://www.omg.org/spec/DMN/20180521/DI/"
    static let feel = "https://www.omg.org/spec/DMN/20230324/FEEL/"
  }
}
