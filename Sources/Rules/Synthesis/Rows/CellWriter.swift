import FEEL

/// Writes drawn values as the cells of a CSV file (RFC 4180).
struct CellWriter {
  private let plan: Plan
  private let drawing: Drawing
  private let bytes: UnsafeMutablePointer<UInt8>
  private let serials: UnsafeMutablePointer<SerialForm>
  private let none: Drawn
  private let needsQuotes: Bool

  init(_ plan: Plan) {
    self.plan = plan
    drawing = plan.drawing
    bytes = plan.texts.bytes.base
    serials = plan.serials.base
    none = .text(plan.none)
    needsQuotes = plan.texts.needsQuotes
  }

  /// A column of a table: which field and slot of a rule stand there; -1: nothing does.
  struct Column: BitwiseCopyable, Sendable {
    var field: Int32
    var slot: Int32
  }

  /// What is written of a field's values.
  enum Mask: UInt8 { case shown, blank, none }

  /// For each field of the row whether it is shown.
  /// - Parameter masked: places of the fields that are not always shown.
  @inline(__always)
  func mask(
    _ frame: UnsafeMutablePointer<Frame>, rule: Int, masked: Memory<Int32>, into masks: UnsafeMutablePointer<Mask>
  ) {
    let fields = drawing.fields + Int(drawing.rules[rule].fields)
    let rowSeed = drawing.seed(rule, row: frame.pointee.number)
    let purpose = Drawing.Purpose.mask
    for place in 0..<masked.count {
      let position = Int(masked.base[place])
      let field = fields[position]
      var random = RandomSource(
        seed: RandomSource.extended(RandomSource.extended(rowSeed, by: field.part), by: purpose))
      masks[position] =
        random.happens(perMillion: field.blank) ? .blank : random.happens(perMillion: field.none) ? .none : .shown
    }
  }

  @inline(__always)
  func appendRow(
    _ frame: UnsafeMutablePointer<Frame>, _ columns: Memory<Column>, _ masks: UnsafeMutablePointer<Mask>,
    to buffer: CellBuffer
  ) {
    for place in 0..<columns.count {
      if place > 0 { buffer.append(UInt8(ascii: ",")) }
      let column = columns.base[place]
      if column.field < 0 { continue }
      switch masks[Int(column.field)] {
      case .shown: appendQuoted(frame.pointee.values[Int(column.slot)], to: buffer)
      case .blank: break
      case .none: appendQuoted(none, to: buffer)
      }
    }
    buffer.append(UInt8(ascii: "\n"))
  }

  @inline(__always)
  private func appendQuoted(_ value: Drawn, to buffer: CellBuffer) {
    let start = buffer.count
    append(value, to: buffer)
    if needsQuotes { buffer.quote(from: start) }
  }

  @inline(__always)
  func append(_ value: Drawn, to buffer: CellBuffer) {
    switch value.kind {
    case .missing: break
    case .text: append(text: Int(value.number), to: buffer)
    case .number: buffer.append(Scaled(digits: value.number, scale: Int(value.scale)))
    case .date: append(day: Int(value.number), to: buffer)
    case .serial:
      let form = serials[Int(value.source)]
      append(text: Int(form.prefix), to: buffer)
      buffer.append(UInt64(bitPattern: value.number), width: form.width)
    case .code:
      let form = Int(value.source)
      guard plan.codes.hasRoom(for: Int(value.number), form: form) else { return }
      let start = buffer.room(for: CreditCodes.length)
      plan.codes.write(number: Int(value.number), region: Int(value.detail), form: form, to: start)
      buffer.advance(by: CreditCodes.length)
    case .name: append(name: value, to: buffer)
    }
  }

  @inline(__always)
  private func append(text place: Int, to buffer: CellBuffer) {
    let entry = drawing.texts + place
    buffer.append(bytes + entry.pointee.start, Int(entry.pointee.length))
  }

  private func append(day: Int, to buffer: CellBuffer) {
    guard let date = CalendarDate(dayNumber: day) else { return }
    guard (0...9999).contains(date.year) else { return buffer.append(Array(date.description.utf8)) }
    buffer.append(UInt64(date.year), width: 4)
    buffer.append(UInt8(ascii: "-"))
    buffer.append(UInt64(date.month), width: 2)
    buffer.append(UInt8(ascii: "-"))
    buffer.append(UInt64(date.day), width: 2)
  }

  private func append(name value: Drawn, to buffer: CellBuffer) {
    let node = drawing.nodes[Int(value.source)]
    var random = RandomSource(seed: value.detail)
    for part in 0..<Int(node.count) {
      let form = drawing.children + Int(node.table) + 3 * part
      switch form[0] {
      case 0: append(text: Int(form[1]), to: buffer)
      case 1 where form[2] > 0:
        append(text: Int(drawing.children[Int(form[1]) + random.below(Int(form[2]))]), to: buffer)
      case 2: buffer.append(UInt64(bitPattern: value.number))
      default: break
      }
    }
  }
}

extension CellBuffer {
  /// Puts what was written since `start` between quotes, where it needs them.
  func quote(from start: Int) {
    let cell = String(decoding: UnsafeBufferPointer(start: base + start, count: count - start), as: UTF8.self)
    removeAll(from: start)
    appendCell(cell)
  }

  /// A cell of text, between quotes where it needs them.
  func appendCell(_ cell: String) {
    guard TextTable.needsQuotes(cell) else { return append(Array(cell.utf8)) }
    append(UInt8(ascii: "\""))
    for byte in cell.utf8 {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }
}
