public import Diagnostics

/// The bytes of a DMN file under the name that diagnostics show.
public struct ModelFile: Sendable {
  public var name: String
  public var bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// The models of several DMN XML files, versions 1.1 to 1.5, read together because they may import each other
/// (DMN 1.5 §12).
///
/// A file that cannot be read is missing here, with an error in ``diagnostics``. An expression that cannot be read
/// stays with its decision (``BoxedExpression/invalid(_:)``).
public struct ModelFiles: Sendable {
  /// What could be read, in the order of the files.
  public private(set) var models: [DecisionModel] = []
  /// `dmn.xml.…`: what is wrong with the files themselves. What is wrong with the models stands in ``LinkedModel``.
  public private(set) var diagnostics: [Diagnostic] = []

  public init(reading files: [ModelFile]) {
    var drafts: [ModelDraft] = []
    for file in files { read(file, &drafts) }
    let skeletons = drafts.map(\.model)
    for (index, draft) in drafts.enumerated() {
      var reader = LogicReader(draft, among: skeletons, at: index)
      models.append(reader.read())
      diagnostics += reader.diagnostics
    }
    diagnostics.sort()
  }

  private mutating func read(_ file: ModelFile, _ drafts: inout [ModelDraft]) {
    do throws(Diagnostic) {
      let root = try XMLTree(parsing: file.bytes, file: file.name)
      let draft = try ModelDraft(root)
      diagnostics += draft.diagnostics
      if let other = drafts.first(where: { $0.model.namespace == draft.model.namespace }) {
        throw Diagnostic(
          "dmn.xml.sameNamespace", at: root.place,
          ["namespace": draft.model.namespace, "other": other.model.place.file])
      }
      drafts.append(draft)
    } catch {
      diagnostics.append(error)
    }
  }

  /// The model of one file, linked with those it imports; nil when the file could not be read.
  public func linked(file: String) -> LinkedModel? {
    guard let model = models.first(where: { $0.place.file == file }) else { return nil }
    return LinkedModel(model, importing: models.filter { $0.namespace != model.namespace })
  }
}
