/// XML written out: one element a line, indented; text as it is.
struct XMLText {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var depth = 0

  typealias Attributes = KeyValuePairs<String, String?>

  /// An element with what `content` writes inside; an empty one when it writes nothing. Attributes of nil are left out.
  mutating func element(_ name: String, _ attributes: Attributes = [:], _ content: (inout XMLText) -> Void = { _ in }) {
    open(name, attributes, closing: ">\n")
    let start = text.utf8.count
    depth += 1
    content(&self)
    depth -= 1
    guard text.utf8.count > start else {
      text.removeLast(2)
      text += "/>\n"
      return
    }
    text += indent + "</\(name)>\n"
  }

  /// An element that holds only text; none for nil.
  mutating func element(_ name: String, text content: String?, _ attributes: Attributes = [:]) {
    guard let content else { return }
    open(name, attributes, closing: ">")
    text += content.escaped(inAttribute: false) + "</\(name)>\n"
  }

  private mutating func open(_ name: String, _ attributes: Attributes, closing: String) {
    text += indent + "<\(name)"
    for case (let key, let value?) in attributes { text += " \(key)=\"\(value.escaped(inAttribute: true))\"" }
    text += closing
  }

  private var indent: String { String(repeating: "  ", count: depth) }
}

extension String {
  /// Characters that XML cannot hold at all are left out.
  fileprivate func escaped(inAttribute: Bool) -> String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"" where inAttribute: result += "&quot;"
      case "\n" where inAttribute: result += "&#10;"
      case "\t" where inAttribute: result += "&#9;"
      case "\r": result += "&#13;"
      case "\u{FFFE}", "\u{FFFF}": break
      case _ where scalar.value < 0x20 && scalar != "\n" && scalar != "\t": break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
