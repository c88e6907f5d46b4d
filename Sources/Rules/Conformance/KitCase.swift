import DMN
import FEEL

/// The cases of one file.
struct KitSuite {
  var modelName: String?
  var cases: [KitCase]
}

/// One case of the kit: what is given, what is called, what is expected.
struct KitCase {
  enum Target: String {
    case decision
    case knowledgeModel = "bkm"
    case service = "decisionService"
  }

  /// One expected result.
  struct Result {
    /// A decision, with the namespace of its model when that is not the main one.
    var name: ElementName
    /// nil when the case's value cannot be read: nothing equals it.
    var expected: Value?
  }

  var id: String
  var target: Target
  /// The service or knowledge model that is called.
  var invocable: ElementName?
  var inputs: [ElementName: Value]
  var results: [Result]

  var expectsValue: Bool { results.contains { $0.expected?.isNull != true } }
}
