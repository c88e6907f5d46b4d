/// A value as drawn, before it is written as a cell. Plain bytes: what is text is told by where it comes from.
struct Drawn: BitwiseCopyable, Sendable {
  enum Kind: UInt8 {
    /// Arithmetic had no answer: an empty cell.
    case missing
    /// `number` is the text's place in the table of texts.
    case text
    /// `number` × 10^-`scale`
    case number
    /// `number` is a day number.
    case date
    /// `number` is a running number, `source` the sequence.
    case serial
    /// `number` is a running number, `source` the kind of code, `detail` six digits of region.
    case code
    /// `number` is a running number, `source` the name's form, `detail` the generator's state.
    case name
  }

  var kind: Kind
  var scale: UInt8 = 0
  var source: Int32 = 0
  var number: Int64
  var detail: UInt64 = 0

  static let missing = Drawn(kind: .missing, number: 0)

  @inline(__always)
  static func text(_ place: Int) -> Drawn { Drawn(kind: .text, number: Int64(place)) }

  @inline(__always)
  static func number(_ number: Scaled) -> Drawn {
    Drawn(kind: .number, scale: UInt8(truncatingIfNeeded: number.scale), number: number.digits)
  }

  @inline(__always)
  static func date(_ day: Int) -> Drawn { Drawn(kind: .date, number: Int64(day)) }
}
