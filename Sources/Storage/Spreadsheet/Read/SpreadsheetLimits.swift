/// What a workbook may measure. The bounds keep a hostile one from taking the memory or the time.
public struct SpreadsheetLimits: Sendable {
  /// Of the file itself.
  public var fileBytes = 1 << 30
  /// Files packed into the workbook.
  public var entries = 10_000
  /// Of all that is unpacked while one reader lives; what is read twice counts twice.
  public var unpackedBytes = 4 << 30
  /// How many times its packed size a part may take, once it is larger than 16 MiB.
  public var unpackedRatio = 400
  public var sharedStrings = 10_000_000
  public var sharedStringBytes = 256 << 20
  /// Of one cell, as it is written in the file. Spreadsheets stop at 32,767 characters.
  public var cellBytes = 256 << 10
  public var mergedRanges = 100_000
  /// Cells that are not empty, when a workbook is read whole.
  public var cells = 2_000_000
  /// Of all texts in cells, when a workbook is read whole.
  public var textBytes = 256 << 20

  public init() {}

  /// For workbooks that are read whole.
  public static let modest: SpreadsheetLimits = {
    var limits = SpreadsheetLimits()
    limits.fileBytes = 64 << 20
    limits.unpackedBytes = 1 << 30
    limits.sharedStringBytes = 128 << 20
    return limits
  }()
}
