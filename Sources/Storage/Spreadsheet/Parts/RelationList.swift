import Diagnostics

/// What a part of a workbook refers to, by the names it uses for it.
struct RelationList {
  struct Relation {
    var id: String
    /// The last word of the type: `worksheet`, `styles`. What stands before it differs between the standard's two
    /// forms.
    var kind: Substring
    /// Name of a part; nil when it leads out of the workbook.
    var part: String?
  }

  private(set) var relations: [Relation] = []

  /// - Parameter part: the part that refers; empty for the workbook as a whole.
  init(of part: String, in archive: ZipArchive) throws(Diagnostic) {
    let listener = RelationListener(part: part)
    let source = try archive.part(PartPath.relations(of: part), mostBytes: ZipArchive.listBytes)
    try PartParser(source, namespace: .relations, for: listener).finish()
    relations = listener.relations
  }

  func part(kind: String) -> String? { relations.first { $0.kind == kind }?.part }
}

private final class RelationListener: PartListener {
  let part: String
  var relations: [RelationList.Relation] = []
  private var isInside = false

  init(part: String) { self.part = part }

  func begin(_ element: PartElement) throws(Diagnostic) -> Bool {
    guard isInside else {
      isInside = element.isNamed("Relationships")
      return isInside
    }
    guard element.isNamed("Relationship"), let id = element.text("Id"), let target = element.text("Target"),
      let kind = element.text("Type")?.split(separator: "/").last
    else { return false }
    let isOutside = element.value("TargetMode")?.isEqual(to: "External") == true
    let path = isOutside ? nil : PartPath.resolved(target, from: part)
    relations.append(RelationList.Relation(id: id, kind: kind, part: path))
    return false
  }

  func end() {}
}
