import API
import Diagnostics
import FEEL
import Policy
import Population
import Registry

/// A portrait as a page: who it is, what warns, how far it has come, how it stands among its like, what it may claim, and what all of it
/// rests on.
struct PortraitView {
  let portrait: Portrait
  let region: Region
  let words: Words

  init(_ portrait: Portrait, of region: Region, _ words: Words) {
    (self.portrait, self.region, self.words) = (portrait, region, words)
  }

  var figures: FigureText { FigureText(words: words) }

  var page: Page {
    let subject = portrait.subject
    let pack = PercentCoding.encode(region.id), key = PercentCoding.encode(subject.key)
    let day = "as-of=\(portrait.asOf)"
    let view: View = [
      "pack": ["title": region.rulebook.main.title] as View, "name": subject.display, "meta": meta, "risks": risks,
      "ladders": list(portrait.ladders.map(ladder), as: "rows"), "peers": peers, "claims": claims,
      "scores": list(portrait.scores.filter(\.saysSomething).map(score), as: "rows"), "facts": facts, "lists": lists,
      "history": history, "successions": successions, "relations": relations,
      "asOf": portrait.asOf.description, "action": "/firms/\(pack)/\(key)",
      "checkUp": "/check-up/\(pack)/firms/\(key)?\(day)",
      "json": "/api/v1/packs/\(pack)/subjects/\(key)/portrait?\(day)",
    ]
    return Page(
      template: "portrait", title: "\(subject.display) \(words("portrait.kicker"))", view: view, section: .firms)
  }

  func list(_ views: [View], as name: String) -> View? {
    guard !views.isEmpty else { return nil }
    var view: View = [:]
    view[name] = views
    return view
  }

  // MARK: head

  private var meta: [View] {
    let own: [View] = [
      ["term": words("result.code"), "value": portrait.subject.key],
      ["term": words("result.as-of"), "value": figures.date(portrait.asOf)],
    ]
    let said = portrait.headline.map { reading -> View in
      ["term": reading.attribute.name, "value": text(reading), "pack": true]
    }
    let data: View = ["term": words("result.data"), "value": region.archive.map { stamp($0) } ?? region.stamp(words)]
    let names = portrait.otherNames.map(\.text)
    let others: [View] =
      names.isEmpty ? [] : [["term": words("portrait.other-names"), "value": words.packList(names), "pack": true]]
    return own + others + said + [data]
  }

  private func stamp(_ archive: RegionArchive) -> String {
    words("portrait.stamp", ["batch": String(archive.moment.known)])
  }

  func text(_ reading: AttributeReading) -> String {
    if case .date(let date) = reading.value { return figures.date(date) }
    if reading.value.isNull, !reading.missing.isEmpty { return words("result.unknown") }
    return figures.short(reading.text, reading.attribute.type)
  }

  // MARK: warnings

  private var risks: View? {
    guard !portrait.risks.isEmpty else { return nil }
    let rows = portrait.risks.map { reading -> View in
      let state: String =
        switch reading.value {
        case .boolean(let isRaised): isRaised ? "raised" : "clear"
        default: "unknown"
        }
      return [
        "class": state, "name": reading.attribute.name, "word": words("portrait.risk.\(state)"),
        "mark": words("portrait.risk.\(state).mark"),
      ]
    }
    return ["rows": rows]
  }

  // MARK: ladders and claims

  private func ladder(_ ladder: Portrait.Ladder) -> View {
    [
      "name": ladder.name, "href": Anchor.href(ladder.citation),
      "rungs": ladder.rungs.map { rung -> View in
        let own: View = ["name": rung.name, "href": rung.outcome.map { Anchor.href($0.scheme.citation) }]
        guard let outcome = rung.outcome else {
          return own.merging(["class": "none", "word": words("portrait.rung.none"), "mark": "·"])
        }
        return own.merging(outcome.verdict.view(words))
      },
    ]
  }

  private var claims: View {
    let tally = Verdict.shown.compactMap { verdict -> View? in
      let count = portrait.checkUp.schemes.count { $0.verdict == verdict }
      return count == 0 ? nil : verdict.view(words).merging(["count": String(count)])
    }
    let met = portrait.checkUp.schemes.filter { $0.verdict == .met }.map { outcome -> View in
      [
        "name": outcome.scheme.name, "kind": words("construct.\(outcome.scheme.kind.rawValue)"),
        "amount": outcome.amount.map(FigureText.amount), "clause": outcome.scheme.citation.view,
      ]
    }
    return [
      "total": FigureText.amount(portrait.checkUp.total), "tally": tally, "met": list(met, as: "rows"),
    ]
  }

  private func score(_ reading: AttributeReading) -> View {
    let nodes = reading.trace.flatMap { node in
      node.citation.map { clause in
        var trace = TraceView(words: words, subject: portrait.subject, clause: clause)
        return trace.views([node])
      }
    }
    return [
      "name": reading.attribute.name, "value": text(reading), "clause": reading.trace?.citation?.view,
      "working": nodes.map { ["trace": $0] as View },
    ]
  }
}

extension AttributeReading {
  /// Whether it has a value, or it is known what it lacks; a decision that is not in force on the day has neither.
  fileprivate var saysSomething: Bool { !value.isNull || !missing.isEmpty }
}
