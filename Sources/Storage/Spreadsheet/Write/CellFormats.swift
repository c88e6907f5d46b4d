import CXLSXWriter

/// The looks of cells that are written.
struct CellFormats {
  typealias Format = UnsafeMutablePointer<lxw_format>

  let heading, text, date, dateAndTime, time, percent, money, elapsed: Format?

  init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
    func format(_ code: String) -> Format? {
      let format = workbook_add_format(workbook)
      format_set_num_format(format, code)
      return format
    }
    heading = format("@")
    format_set_bold(heading)
    text = format("@")
    date = format("yyyy-mm-dd")
    dateAndTime = format("yyyy-mm-dd hh:mm:ss")
    time = format("hh:mm:ss")
    percent = format("0.00%")
    money = format("#,##0.00")
    elapsed = format("[h]:mm:ss")
  }

  subscript(number: SheetNumber.Format) -> Format? {
    switch number {
    case .general: nil
    case .percent: percent
    case .elapsed: elapsed
    }
  }

  subscript(kind: SheetPlan.Kind) -> Format? {
    switch kind {
    case .general: nil
    case .text: text
    case .date: date
    case .percent: percent
    case .money: money
    }
  }
}
