public import Diagnostics
public import Policy

/// Where statements are kept. Calls may block their thread.
public protocol RecordArchive: Sendable {
  /// The number of the last batch that was recorded up to a time; 0 when there is none. Without a time, of the last there is.
  func lastBatch(upTo time: RecordedTime?) throws(Diagnostic) -> Int

  /// Whether anything is said of such records at a moment, were it that there are none.
  func isKnown(_ type: RecordType, at moment: Moment) throws(Diagnostic) -> Bool

  /// The key that a record is known by, by what was decided up to a batch about who is who; the key itself when nothing was.
  func mainKey(of key: String, _ type: RecordType, by batch: Int) throws(Diagnostic) -> String

  /// What was said of a record up to a batch, without what was taken back by then; without statements when nothing was. When several
  /// keys are that record, all that was said of them, under the main one; references lead to main keys.
  func history(of key: String, _ type: RecordType, by batch: Int) throws(Diagnostic) -> RecordHistory

  /// The main keys of the records that stand at a moment, in the order of their first recording.
  func keys(of type: RecordType, at moment: Moment) throws(Diagnostic) -> [String]

  /// The main keys of records of which somebody ever said that a field leads to a record.
  func keys(
    of type: RecordType, where field: Field, refersTo key: String, by batch: Int
  ) throws(Diagnostic) -> [String]
}
