import DMN
import Diagnostics
import Foundation

/// One folder of the kit: its models, read once, and the files with its cases.
struct KitFolder {
  let level: String
  let name: String
  let caseFiles: [String]
  private let folder: URL
  private let modelNames: [String]
  private let files: ModelFiles

  /// The folders that hold models, in the order of their paths.
  static func folders(below root: URL) -> [KitFolder] {
    let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    let byFolder = Dictionary(grouping: paths) { ($0 as NSString).deletingLastPathComponent }
    return byFolder.sorted { $0.key < $1.key }.compactMap { path, files in
      let folder = path.isEmpty ? root : root.appendingPathComponent(path, isDirectory: true)
      return KitFolder(folder.standardizedFileURL, files: files.map { ($0 as NSString).lastPathComponent }.sorted())
    }
  }

  private init?(_ folder: URL, files: [String]) {
    modelNames = files.filter { $0.lowercased().hasSuffix(".dmn") }
    caseFiles = files.filter { $0.lowercased().hasSuffix(".xml") }
    guard !modelNames.isEmpty, !caseFiles.isEmpty else { return nil }
    self.folder = folder
    name = folder.lastPathComponent
    level = folder.deletingLastPathComponent().lastPathComponent
    self.files = ModelFiles(
      reading: modelNames.map { ModelFile(name: $0, bytes: Self.bytes(of: folder.appendingPathComponent($0))) })
  }

  func bytes(of file: String) -> [UInt8] { Self.bytes(of: folder.appendingPathComponent(file)) }

  /// Empty for a file that cannot be read, which then is no XML.
  private static func bytes(of file: URL) -> [UInt8] { (try? Data(contentsOf: file)).map { [UInt8]($0) } ?? [] }

  /// The model of that file, or the only one; a mistake when it or what it imports cannot be loaded.
  func model(named given: String?) -> Result<LinkedModel, Diagnostic> {
    let name = given ?? modelNames[0]
    guard let model = files.linked(file: name) else {
      let problem = files.diagnostics.first { $0.place.file == name && $0.severity == .error }
      return .failure(problem ?? Diagnostic("dmn.tck.noModel", at: SourcePlace(file: name), ["name": name]))
    }
    if let missing = model.diagnostics.first(where: { $0.code == "dmn.import.unknown" }) { return .failure(missing) }
    return .success(model)
  }
}

extension String {
  /// The name of a file without `.xml`.
  var withoutEnding: String { (self as NSString).deletingPathExtension }
}
