import Diagnostics
import FEEL
import JSON
import Policy
import Population
import Registry
import SQL
import Tabulation

/// Writes the files of an import as one batch, within a transaction.
final class BatchWriter {
  private let facts: FactImport
  private let files: ImportFiles
  private let dictionary: DataDictionary
  private let connection: any SQLConnection
  private let progress: WorkProgress?
  private var tables: [ImportReport.Table] = []
  private var written: [WrittenFile] = []

  init(
    _ facts: FactImport, _ files: ImportFiles, _ dictionary: DataDictionary, _ connection: any SQLConnection,
    _ progress: WorkProgress?
  ) {
    (self.facts, self.files, self.dictionary) = (facts, files, dictionary)
    (self.connection, self.progress) = (connection, progress)
  }

  /// - Returns: what came of it; unless it is `recorded`, the transaction is to be undone.
  func write(_ told: (RefusedRow) throws -> Void) throws -> ImportReport {
    let refused = { (row: RefusedRow) in try told(try self.files.originals[row.record]?.original(row) ?? row) }
    if let known = try facts.batch(holding: files.digest, in: connection) {
      return ImportReport(outcome: .known(known), tables: [])
    }
    try noteSource()
    let batch = 1 + (try BatchRow.last(in: connection))
    for file in files.files { try write(file, batch, refused) }
    try refuseStrays(batch, refused)
    let report = ImportReport(outcome: .recorded(batch), tables: tables)
    if report.refused > 0, !facts.takesSoundRows { return ImportReport(outcome: .refused, tables: tables) }
    if facts.isDryRun { return ImportReport(outcome: .tried, tables: tables) }
    try note(batch, report)
    return report
  }

  // MARK: what is known before

  private func noteSource() throws {
    let source = facts.source
    let known = try connection.first("SELECT authority FROM source WHERE id = ?", [.text(source.id)]) { $0.text(0) }
    if let known {
      guard known == source.authority.rawValue else {
        throw Diagnostic(
          "store.import.authority", at: SourcePlace(file: facts.path),
          ["source": source.id, "known": known ?? "", "given": source.authority.rawValue])
      }
      return
    }
    try connection.execute(
      "INSERT INTO source (id, title, authority) VALUES (?, ?, ?)",
      [.text(source.id), .text(source.title), .text(source.authority.rawValue)])
  }

  // MARK: files

  private func write(_ file: ImportFiles.File, _ batch: Int, _ refused: (RefusedRow) throws -> Void) throws {
    let table = RecordTable(file.layout.type)
    let last =
      try connection.first("SELECT max(_statement) FROM \(connection.dialect.quoted(table.name))") {
        $0.integer(0)
      } ?? nil
    // Indexes of an empty table are sooner made behind its rows.
    if last == nil { try table.dropIndexes(in: connection) }
    let first = Int(last ?? 0) + 1
    var writer = RowWriter(file.layout, connection, batch: batch, facts.validity, next: first)
    var own = WrittenFile(file: file, table: table)
    var count = 0
    let reader = ImportChunkReader(file: file, reader: files.reader)
    let chunks = file.chunks
    let queue = ChunkQueue(count: chunks.count, threads: Threads.most, ahead: Threads.most + 1) {
      reader.read(chunks[$0])
    }
    defer { queue.end() }
    for number in chunks.indices {
      if progress?.isCancelled == true { throw CancellationError() }
      let chunk = queue.take(number)
      own.note(chunk, first: writer.next)
      switch chunk.rows {
      case .pieces(let pieces, let rows, let arena):
        try writer.write(pieces, count: rows)
        withExtendedLifetime(arena) {}
        progress?.note(rows)
      case .single(let rows, let others):
        try writer.write(rows)
        for row in others { try refused(row) }
        count += others.count
        progress?.note(rows.count + others.count)
      }
      file.file.release(chunk.range)
    }
    if last == nil {
      try table.createIndexes(in: connection)
      if connection.dialect == .postgreSQL {
        try connection.execute("ANALYZE \(connection.dialect.quoted(table.name))")
      }
    }
    let reading = files.originals[file.layout.type.name]?.report
    tables.append(
      ImportReport.Table(
        record: file.layout.type.name, rows: writer.next - first, refused: count + (reading?.refused ?? 0),
        reading: reading))
    written.append(own)
  }

  // MARK: rows that only all the others show to be wrong

  /// Keys that come again, and references that lead nowhere; taking rows away may leave others without what they lead to.
  private func refuseStrays(_ batch: Int, _ refused: (RefusedRow) throws -> Void) throws {
    var round = 0
    while true {
      var found = 0
      for (place, file) in written.enumerated() {
        var strays = round == 0 ? try file.keysTwice(connection) : []
        for reference in file.references where try isKnown(reference.record) {
          strays += try file.dangling(reference, batch, connection, dictionary)
        }
        let statements = Set(strays.map(\.statement))
        try file.tell(strays, refused)
        try file.remove(statements, from: connection)
        tables[place].rows -= statements.count
        tables[place].refused += statements.count
        found += statements.count
      }
      if found == 0 || !facts.takesSoundRows { return }
      round += 1
    }
  }

  private func isKnown(_ record: String) throws -> Bool {
    guard let id = dictionary[record]?.id else { return false }
    if written.contains(where: { $0.table.type.id == id }) { return true }
    return try connection.first(
      "SELECT 1 FROM batch_type s WHERE s.type = ? AND \(RegistryStore.counts("s.batch")) LIMIT 1",
      [.text(id), .integer(Int.max)]
    ) { _ in true } ?? false
  }

  // MARK: the batch itself

  private func note(_ batch: Int, _ report: ImportReport) throws {
    for (table, file) in zip(tables, written) where table.rows > 0 || table.refused == 0 {
      try connection.execute(
        "INSERT INTO batch_type (batch, type, row_count, year_count) VALUES (?, ?, ?, ?)",
        [
          .integer(batch), .text(file.table.type.id), .integer(table.rows),
          .integer(try file.yearCount(batch, connection)),
        ])
    }
    let entry = try AuditChain(connection: connection).append(
      "batch.import", to: String(batch), by: facts.actor,
      [
        "source": .string(facts.source.id), "origin": .string(files.origin), "digest": .string(files.digest),
        "confidence": .string(facts.confidence.rawValue), "from": .optional(facts.validity.from?.description),
        "to": .optional(facts.validity.to?.description),
        "rows": .array(tables.map { .array([.string($0.record), .integer($0.rows)]) }),
        "refused": .integer(report.refused),
      ])
    try BatchRow(
      id: batch, source: facts.source.id, confidence: facts.confidence, validity: facts.validity,
      origin: files.origin, digest: files.digest, rows: report.rows, refused: report.refused,
      isSynthetic: files.provenance?.isSynthetic == true, example: files.provenance?.example
    ).insert(entry, in: connection)
    let shapes = ShapeTable(connection: connection)
    for table in facts.tables where !table.shape.isCanonical {
      try shapes.remember(table.shape, of: facts.source.id, by: facts.actor)
    }
  }
}

extension FactImport {
  /// The batch that holds the same from the same source, when what it says still counts: it was not taken back, left no row out, and
  /// the source has not spoken of such records since.
  func batch(holding digest: String, in connection: any SQLConnection) throws -> Int? {
    try connection.first(
      """
      SELECT b.id FROM batch b WHERE b.digest = ? AND b.source = ? AND b.confidence = ?
      AND coalesce(CAST(b.valid_from AS TEXT), '') = ? AND coalesce(CAST(b.valid_to AS TEXT), '') = ?
      AND b.refused = 0 AND NOT EXISTS (SELECT 1 FROM batch w WHERE w.withdraws = b.id)
      AND NOT EXISTS (SELECT 1 FROM batch_type o JOIN batch_type n ON n.type = o.type JOIN batch l ON l.id = n.batch
      WHERE o.batch = b.id AND n.batch > b.id AND l.source = b.source
      AND NOT EXISTS (SELECT 1 FROM batch w WHERE w.withdraws = l.id))
      """,
      [
        .text(digest), .text(source.id), .text(confidence.rawValue), .text(validity.from?.description ?? ""),
        .text(validity.to?.description ?? ""),
      ]
    ) { $0.integer(0).map(Int.init) } ?? nil
  }
}
