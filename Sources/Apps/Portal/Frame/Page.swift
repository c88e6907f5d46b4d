import API
import Diagnostics
import HTTPTypes
import Hummingbird

/// One page: which template, its title, and what the template sees.
struct Page {
  var template: String
  var title: String
  var view: View
  var status: HTTPResponse.Status = .ok
  /// The entry of the main navigation the page belongs to.
  var section: Section?
  var problems: Problems = Problems()
  /// A page that answers a form carries its fields along: it switches language by a button of that form.
  var answersForm: String?

  enum Section: String, CaseIterable {
    case home, firms, checkUp = "check-up", policies, simulate, help

    var path: String { self == .home ? "/" : "/\(rawValue)" }
  }

  func response(to request: Request, language: Language, notice: String) -> Response {
    let words = Words(language)
    var frame: View = [
      "words": words, "assets": Asset.addresses, "htmlLanguage": language == .chinese ? "zh-CN" : "en",
      "title": (problems.isEmpty ? "" : words("error.page-prefix")) + title, "notice": words(notice),
      "navigation": navigation(words), "problems": problems.view,
    ]
    let other: Language = language == .chinese ? .english : .chinese
    let code = other == .chinese ? "zh-CN" : "en"
    if let step = answersForm {
      frame["languageButton"] =
        ["text": words("language.switch"), "value": other.rawValue, "code": code, "step": step] as View
    } else {
      frame["languageLink"] =
        ["text": words("language.switch"), "code": code, "href": request.address(in: other)] as View
    }
    let html = Templates.shared.render(frame.merging(view), with: template)
    return Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-cache"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  private func navigation(_ words: Words) -> [View] {
    Section.allCases.map { entry in
      ["href": entry.path, "text": words("nav.\(entry.rawValue)"), "current": entry == section]
    }
  }
}

/// What is to be put right on a page: shown on top, linked to the fields, in the same words as at the fields.
struct Problems {
  struct Item {
    /// The field it is about.
    var field: String?
    var text: String
    var remedy: String?
  }

  var items: [Item] = []
  /// What became of the rest.
  var aftermath: String?

  var isEmpty: Bool { items.isEmpty }

  /// The message at a field.
  func text(at field: String) -> String? { items.first { $0.field == field }?.text }

  mutating func add(_ diagnostic: Diagnostic, at field: String?, called label: String? = nil, in language: Language) {
    var text = diagnostic.problem(in: language)
    if let label, !text.contains(label) {
      text = Words(language)("error.at-field", ["field": label, "problem": text])
    }
    guard !items.contains(where: { $0.field == field && $0.text == text }) else { return }
    items.append(Item(field: field, text: text, remedy: diagnostic.remedy(in: language)))
  }

  var view: View? {
    guard !items.isEmpty else { return nil }
    return [
      "items": items.map { item -> View in
        ["href": item.field.map { "#" + PercentCoding.encode($0) }, "text": item.text, "remedy": item.remedy]
      },
      "aftermath": aftermath,
    ]
  }
}

extension Request {
  /// The same address in another language.
  func address(in language: Language) -> String {
    let kept = (uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("lang=") } + ["lang=\(language.rawValue)"]
    return "\(uri.path)?\(kept.joined(separator: "&"))"
  }
}
