import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A text in UTF-16 with its mark.
public func utf16(_ text: String) -> [UInt8] {
  [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
}

/// A text in GB18030, as spreadsheets of Chinese systems save it.
public func gb18030(_ text: String) -> [UInt8] {
  let converter = iconv_open("GB18030", "UTF-8")
  defer { iconv_close(converter) }
  var input = Array(text.utf8)
  var output = [UInt8](repeating: 0, count: input.count * 2 + 8)
  var inputLeft = input.count, outputLeft = output.count
  input.withUnsafeMutableBytes { input in
    output.withUnsafeMutableBytes { output in
      var from = input.bindMemory(to: CChar.self).baseAddress, to = output.bindMemory(to: CChar.self).baseAddress
      _ = iconv(converter, &from, &inputLeft, &to, &outputLeft)
    }
  }
  return Array(output.dropLast(outputLeft))
}
