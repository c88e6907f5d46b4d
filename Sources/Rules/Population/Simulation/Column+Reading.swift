/// Cells one by one, for what groups rows.
extension Column {
  /// As ``Column`` says by kind; what stands where nothing is given has no meaning.
  func whole(_ row: Int) -> Int64 { cells[row] }
}
