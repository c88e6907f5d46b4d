import API
import Diagnostics
import FEEL
import Policy
import Population

/// The figures of a simulation as a reader wants them: in short, by group with bars, who wins and who loses.
struct SimulationFigures {
  let form: SimulationForm
  let answer: SimulationAnswer
  /// The scheme chosen, or all together.
  private let part: SimulationResult.Part
  /// Whether the scheme pays; otherwise its bars count firms.
  private let pays: Bool

  init(form: SimulationForm, answer: SimulationAnswer) {
    self.form = form
    self.answer = answer
    part = answer.result.schemes.first { $0.scheme == form.scheme } ?? answer.result.total
    pays = part.whole.base.amount > .zero || part.whole.variant.amount > .zero
  }

  private var words: Words { form.words }
  private var result: SimulationResult { answer.result }
  private var line: SimulationResult.Line { part.whole }

  var view: View {
    [
      "title": part.scheme ?? words("simulate.total"), "summary": summary, "boxes": boxes,
      "bars": result.dimension.name.isEmpty ? nil : bars,
      "movers": result.dimension.name.isEmpty || line.winners + line.losers == 0 ? nil : movers, "others": others,
      "how": how, "unplanned": leftOut, "json": form.region.simulationAddress(form),
    ]
  }

  private var summary: String {
    guard !form.settings.isEmpty else {
      return words(
        "simulate.summary-base",
        ["count": Self.count(line.base.beneficiaries), "amount": FigureText.amount(line.base.amount)])
    }
    return words(
      "simulate.summary",
      [
        "from": Self.count(line.base.beneficiaries), "to": Self.count(line.variant.beneficiaries),
        "before": FigureText.amount(line.base.amount), "after": FigureText.amount(line.variant.amount),
        "cost": Self.signed(line.cost),
      ])
  }

  private var boxes: [View] {
    func pair(_ before: String, _ after: String) -> String { before == after ? after : "\(before) → \(after)" }
    let open = (
      line.base.count(.undetermined) + line.base.count(.review),
      line.variant.count(.undetermined) + line.variant.count(.review)
    )
    return [
      [
        "class": "box", "term": words("simulate.beneficiaries"),
        "figure": pair(Self.count(line.base.beneficiaries), Self.count(line.variant.beneficiaries)),
        "detail": words("simulate.open", ["count": pair(Self.count(open.0), Self.count(open.1))]),
      ],
      [
        "class": "box", "term": words("simulate.amount"), "figure": FigureText.amount(line.variant.amount),
        "detail": Self.signed(line.cost),
      ],
      [
        "class": "box gained", "term": words("simulate.winners"), "figure": Self.count(line.winners),
        "detail": "+" + FigureText.amount(line.gained),
      ],
      [
        "class": "box lost", "term": words("simulate.losers"), "figure": Self.count(line.losers),
        "detail": "-" + FigureText.amount(line.lost),
      ],
    ]
  }

  // MARK: by group

  /// Groups with something to show, the greatest first unless they have an order of their own.
  private var groups: [(name: String, line: SimulationResult.Line)] {
    let all = zip(result.dimension.groups, part.groups).filter { size($1) > .zero || $1.isChanged }
    let isRanked = all.contains { group, _ in if case .value = group { true } else { false } }
    let ordered = isRanked ? all.sorted { size($0.1) > size($1.1) } : all
    return ordered.prefix(Self.mostGroups).map { ($0.text(in: words.language), $1) }
  }

  private static let mostGroups = 30

  private func size(_ line: SimulationResult.Line) -> Decimal128 { max(measure(line.base), measure(line.variant)) }

  /// 元, or firms where nothing is paid.
  private func measure(_ figures: SimulationResult.Figures) -> Decimal128 {
    pays ? figures.amount : Decimal128(figures.beneficiaries)
  }

  private var bars: View? {
    let groups = groups
    guard !groups.isEmpty else { return nil }
    let most = groups.map { size($0.line) }.max() ?? .zero
    let figure = { (number: Decimal128) in pays ? FigureText.amount(number) : FigureText.grouped(number) }
    return [
      "title": words(pays ? "simulate.bars" : "simulate.bars-count", ["dimension": result.dimension.name]),
      "dimension": result.dimension.name,
      "rows": groups.map { name, line -> View in
        let (base, variant) = (measure(line.base), measure(line.variant))
        return [
          "group": name, "base": figure(base), "variant": figure(variant),
          "change": pays ? Self.signed(line.cost) : Self.signed(line.variant.beneficiaries - line.base.beneficiaries),
          "baseWidth": Self.share(base, of: most, width: 100),
          "variantWidth": Self.share(variant, of: most, width: 100),
        ]
      },
    ]
  }

  private var movers: View? {
    let groups = groups.filter { $0.line.winners + $0.line.losers > 0 }
    guard !groups.isEmpty else { return nil }
    func weights(_ line: SimulationResult.Line) -> (won: Decimal128, lost: Decimal128) {
      pays ? (line.gained, line.lost) : (Decimal128(line.winners), Decimal128(line.losers))
    }
    let most = groups.map { max(weights($0.line).won, weights($0.line).lost) }.max() ?? .zero
    return [
      "title": words("simulate.movers", ["dimension": result.dimension.name]), "dimension": result.dimension.name,
      "rows": groups.map { name, line -> View in
        [
          "group": name, "winners": Self.count(line.winners), "losers": Self.count(line.losers),
          "gained": FigureText.amount(line.gained), "lost": FigureText.amount(line.lost),
          "gainedWidth": Self.share(weights(line).won, of: most, width: 50),
          "lostWidth": Self.share(weights(line).lost, of: most, width: 50),
        ]
      },
    ]
  }

  /// The other schemes that the change reaches, and all together.
  private var others: View? {
    let others = result.changed.filter { $0.scheme != part.scheme && $0.whole.isChanged }
    guard !result.changed.isEmpty else { return nil }
    return [
      "title": words("simulate.others"),
      "rows": (others + [result.total]).map { other -> View in
        let line = other.whole
        return [
          "scheme": other.scheme ?? words("simulate.total"), "beneficiaries": Self.count(line.variant.beneficiaries),
          "more": Self.signed(line.variant.beneficiaries - line.base.beneficiaries),
          "amount": FigureText.amount(line.variant.amount), "cost": Self.signed(line.cost),
        ]
      },
    ]
  }

  private var how: String {
    let interpreted = answer.interpreted.base + answer.interpreted.variant
    let recomputed = words(
      "simulate.how",
      [
        "schemes": String(result.changed.count), "subjects": Self.count(answer.recomputedRows),
        "others": String(result.unchanged.count),
      ])
    let beyond = answer.beyond.base + answer.beyond.variant
    return recomputed + (interpreted == 0 ? "" : words("simulate.interpreted", ["count": Self.count(interpreted)]))
      + (beyond == 0 ? "" : words("simulate.beyond", ["count": Self.count(beyond)]))
  }

  private var leftOut: String? {
    answer.leftOut.isEmpty ? nil : words("simulate.left-out", ["names": words.packList(answer.leftOut)])
  }

  // MARK: figures

  static func count(_ number: Int) -> String { FigureText.grouped(Decimal128(number)) }

  static func signed(_ amount: Decimal128) -> String { (amount > .zero ? "+" : "") + FigureText.amount(amount) }

  static func signed(_ number: Int) -> String { (number > 0 ? "+" : "") + count(number) }

  /// How long a bar is, of `width`, to a tenth.
  static func share(_ part: Decimal128, of whole: Decimal128, width: Decimal128) -> String {
    guard whole > .zero, let share = (part * width).flatMap({ $0.divided(by: whole) }) else { return "0" }
    return share.rounded(toScale: 1, .halfEven)?.description ?? "0"
  }
}
