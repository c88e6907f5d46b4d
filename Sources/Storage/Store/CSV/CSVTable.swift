public import Diagnostics
public import Policy

/// A CSV file as a table: a header, and rows of its width. Every problem is reported; rows that have one are left out.
public enum CSVTable {
  /// - Returns: nil when there is no header to read rows by.
  public static func read(_ bytes: [UInt8], file: String) -> (RawTable?, [Diagnostic]) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      let place = TextFile.firstInvalidPlace(in: bytes, from: SourcePlace(file: file))
      return (nil, [Diagnostic("store.file.utf8", at: place)])
    }
    var reader = CSVReader(bytes, file: file)
    var diagnostics: [Diagnostic] = []
    let place = SourcePlace(file: file)
    let header: [RawTable.Cell]
    do {
      guard let first = try reader.nextRow() else { return (nil, [Diagnostic("store.csv.empty", at: place)]) }
      header = first
    } catch {
      return (nil, [error])
    }
    diagnostics += problems(inHeader: header)
    guard diagnostics.isEmpty else { return (nil, diagnostics) }
    let rows = rows(from: &reader, under: header, &diagnostics)
    return (RawTable(header: header, rows: rows, place: place), diagnostics)
  }

  private static let mostDiagnostics = 1000

  private static func rows(
    from reader: inout CSVReader, under header: [RawTable.Cell], _ diagnostics: inout [Diagnostic]
  ) -> [[RawTable.Cell]] {
    var rows: [[RawTable.Cell]] = []
    while diagnostics.count < mostDiagnostics {
      do {
        guard let row = try reader.nextRow() else { break }
        if row.count == header.count { rows.append(row) } else { diagnostics.append(ragged(row, under: header)) }
      } catch {
        diagnostics.append(error)
      }
    }
    return rows
  }

  static func ragged(_ row: [RawTable.Cell], under header: [RawTable.Cell]) -> Diagnostic {
    let place = row.count > header.count ? row[header.count].place : row[row.count - 1].place
    let missing = header.dropFirst(row.count).first?.text ?? "—"
    return Diagnostic(
      "store.csv.width", at: place,
      ["cells": String(row.count), "columns": String(header.count), "column": missing])
  }

  static func problems(inHeader header: [RawTable.Cell]) -> [Diagnostic] {
    if header.count == 1, let sign = header[0].text.first(where: { separators.contains($0) }) {
      return [Diagnostic("store.csv.separator", at: header[0].place, ["sign": sign == "\t" ? "TAB" : String(sign)])]
    }
    var seen: Set<String> = []
    return header.enumerated().compactMap { position, cell in
      if cell.text.isEmpty {
        return Diagnostic("store.csv.header.empty", at: cell.place, ["column": String(position + 1)])
      }
      if seen.insert(cell.text).inserted { return nil }
      return Diagnostic("store.csv.header.twice", at: cell.place, ["column": cell.text])
    }
  }

  /// What is written for a comma by mistake.
  private static let separators: Set<Character> = ["\t", ";", "|", "\u{FF0C}"]
}
