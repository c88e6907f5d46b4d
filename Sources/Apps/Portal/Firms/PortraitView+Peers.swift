import API
import FEEL
import Policy
import Population

/// The measures of a firm among those of its like: a strip from the least to the most, with the middle half and the firm's own place.
extension PortraitView {
  var peers: View? {
    guard let peers = portrait.peers, !peers.measures.isEmpty else { return nil }
    let count = peers.measures.compactMap { $0.standing?.peers }.max()
    let common = peers.common.map { words("pack-pair", ["name": $0.name, "value": $0.group.text(in: words.language)]) }
    return [
      "text": common.isEmpty
        ? words("portrait.peers.unknown")
        : words("portrait.peers.text", ["common": words.packList(common), "count": count.map { String($0) } ?? "0"]),
      "rows": peers.measures.map(measure),
    ]
  }

  private func measure(_ measure: (reading: AttributeReading, standing: PeerStanding?)) -> View {
    let (reading, standing) = measure
    var view: View = ["name": reading.attribute.name, "value": text(reading)]
    guard let standing else {
      view["said"] = words(reading.value.isNull ? "result.unknown" : "portrait.peers.none")
      return view
    }
    guard let percentile = standing.percentile else {
      view["said"] = words(
        "portrait.peers.few", ["count": String(standing.peers), "fewest": String(PeerStanding.fewest)])
      return view
    }
    let middle = standing.shownQuartiles.count == 3 ? standing.quartiles[1].description : ""
    view["said"] = words(
      "portrait.peers.above",
      [
        "percent": String(percentile), "count": String(standing.peers),
        "middle": figures.short(middle, reading.attribute.type),
      ])
    view["strip"] = strip(percentile)
    return view
  }

  /// By rank, so that single large values do not squeeze all others together.
  private func strip(_ percentile: Int) -> View {
    let left = 4, width = 200
    return ["dot": String(left + width * percentile / 100)]
  }
}
