import FEEL
import Foundation
import TestKit
import Testing

/// `class.method(types)` called with arguments in FEEL.
private func call(_ method: String, _ arguments: String) -> String {
  let open = method.firstIndex(of: "(") ?? method.endIndex
  let point = method[..<open].lastIndex(of: ".") ?? method.startIndex
  let count = arguments.isEmpty ? 0 : arguments.split(separator: ";").count
  let parameters = (0..<count).map { "p\($0)" }.joined(separator: ", ")
  let signature = method[method.index(after: point)...]
  let mapping = "{java: {class: \"\(method[..<point])\", method signature: \"\(signature)\"}}"
  let given = arguments.split(separator: ";").joined(separator: ",")
  return evaluated("(function(\(parameters)) external \(mapping))(\(given))")
}

@Suite("External functions: the table of java.lang")
struct ExternalFunctionTests {
  @Test(
    "Math",
    arguments: [
      ("cos(double)", "0", "1"), ("sin(double)", "0", "0"), ("tan(double)", "0", "0"), ("acos(double)", "1", "0"),
      ("acos(double)", "2", "null"), ("sqrt(double)", "16", "4"), ("sqrt(double)", "-1", "null"),
      ("pow(double, double)", "2;10", "1024"), ("hypot(double,double)", "3;4", "5"), ("log10(double)", "1000", "3"),
      ("ceil(double)", "1.2", "2"), ("floor(double)", "-1.2", "-2"), ("rint(double)", "2.5", "2"),
      ("round(double)", "-2.5", "-2"), ("round(double)", "2.5", "3"), ("signum(double)", "-7", "-1"),
      ("max(double,double)", "1.5;2", "2"), ("max(int, int)", "1.9;1.2", "1"), ("min(long,long)", "1;2", "1"),
      ("abs(int)", "-3", "3"), ("addExact(int,int)", "2147483647;1", "null"), ("addExact(long,long)", "1;2", "3"),
      ("floorMod(int,int)", "-7;3", "2"), ("floorDiv(int,int)", "-7;3", "-3"), ("floorDiv(int,int)", "1;0", "null"),
      ("max(java.lang.String,java.lang.String)", "\"1\";\"2\"", "null"), ("cos(double)", "\"1\"", "null"),
      ("cos(double)", "null", "null"), ("foo(double)", "1", "null"), ("cos(double)", "1;2", "null"),
    ])
  func math(signature: String, arguments: String, expected: String) {
    #expect(call("java.lang.Math.\(signature)", arguments) == expected)
  }

  @Test(
    "numbers and truth",
    arguments: [
      ("Integer.valueOf(java.lang.String)", "\"123\"", "123"),
      ("Integer.valueOf(java.lang.String)", "\"12.5\"", "null"),
      ("Integer.parseInt(java.lang.String)", "\"99999999999\"", "null"),
      ("Integer.parseInt(java.lang.String)", "\"+7\"", "7"),
      ("Integer.parseInt(java.lang.String,int)", "\"ff\";16", "255"),
      ("Long.parseLong(java.lang.String)", "\"-9\"", "-9"),
      ("Double.parseDouble(java.lang.String)", "\"1234.56\"", "1234.56"), ("Byte.valueOf(byte)", "300", "null"),
      ("Short.valueOf(short)", "123", "123"), ("Integer.toHexString(int)", "-1", "\"ffffffff\""),
      ("Long.toBinaryString(long)", "5", "\"101\""), ("Integer.compare(int,int)", "1;2", "-1"),
      ("Boolean.parseBoolean(java.lang.String)", "\"TRUE\"", "true"),
      ("Boolean.logicalXor(boolean,boolean)", "true;true", "false"),
      ("Integer.toString(int)", "42", "\"42\""), ("Double.toString(double)", "42", "\"42.0\""),
    ])
  func numbers(signature: String, arguments: String, expected: String) {
    #expect(call("java.lang.\(signature)", arguments) == expected)
  }

  @Test(
    "String.format",
    arguments: [
      ("\"foo %s\";\"bar\"", "\"foo bar\""), ("\"%s-%s\";[1,\"a\"]", "\"1-a\""), ("\"%5d|\";[42]", "\"   42|\""),
      ("\"%-5d|\";[42]", "\"42   |\""), ("\"%05d\";[-42]", "\"-0042\""), ("\"%.2f\";[1.005]", "\"1.01\""),
      ("\"%,.1f\";[1234567.25]", "\"1,234,567.3\""), ("\"%2$s %1$s\";[\"a\",\"b\"]", "\"b a\""),
      ("\"100%%\";[]", "\"100%\""),
      ("\"%x\";[255]", "\"ff\""), ("\"%S\";[\"a\"]", "\"A\""), ("\"%d\";[1.5]", "null"), ("\"%s %s\";[1]", "null"),
      ("\"%q\";[1]", "null"), ("\"%\";[1]", "null"), ("\"%99999999999s\";[1]", "null"), ("\"%b\";[true]", "\"true\""),
    ])
  func format(arguments: String, expected: String) {
    for array in ["[Ljava.lang.Object;", "java.lang.Object...", "java.lang.Object[]"] {
      #expect(call("java.lang.String.format(java.lang.String, \(array))", arguments) == expected)
    }
  }

  @Test("every method of the table stands in docs/external-functions.md, and no other")
  func documented() throws {
    var type: Substring = ""
    var listed: [String] = []
    for line in try Checkout.text("docs/external-functions.md").split(separator: "\n") {
      if line.hasPrefix("## ") { type = line.dropFirst(3) }
      if line.hasPrefix("- `") { listed.append("\(type).\(line.dropFirst(3).dropLast())") }
    }
    #expect(listed.sorted() == ExternalFunctions.signatures)
  }
}
