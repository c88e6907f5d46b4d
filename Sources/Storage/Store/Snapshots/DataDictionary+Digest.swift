package import Policy
import Population

extension DataDictionary {
  /// Of all that decides how facts become columns: types and fields with their names, kinds, units, years and values.
  package var columnDigest: String {
    var text = ""
    for type in types.sorted(by: { $0.name < $1.name }) {
      text += "\(type.name)\u{1}\(type.id)\u{1}\(type.key)\n"
      for field in type.fields.sorted(by: { $0.name < $1.name }) {
        let unit = field.type.unit.map { "\($0.symbol)\u{1}\($0.dimension)\u{1}\($0.factor)" } ?? ""
        let kind = [field.name, field.id, field.type.kind.rawValue, field.type.record ?? "", unit]
        text += (kind + [field.years.map(String.init) ?? ""] + field.values).joined(separator: "\u{1}") + "\n"
      }
    }
    return text.withUTF8 { ByteHash.of(UnsafeRawBufferPointer($0)) }.sixteenDigits
  }
}

extension UInt64 {
  /// Sixteen hexadecimal digits.
  var sixteenDigits: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  init?(sixteenDigits text: String) {
    guard text.utf8.count == 16, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
      return nil
    }
    self.init(text, radix: 16)
  }
}
