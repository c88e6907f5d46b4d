import DMN
import FEEL

/// What an input can be, and in which unit it counts.
struct InputKind {
  var domain: Domain
  var unit: Unit?
}

extension CheckContext {
  /// What the expression of an input can be.
  func kind(of expression: Expression) -> InputKind { kind(of: expression.root) }

  private func kind(of node: Node) -> InputKind {
    switch node.kind {
    case .name(let name) where name.slot == nil && name.builtin == nil: kind(ofName: name.text)
    case .path(let base, let member): kind(ofMember: member, below: base)
    case .filter(let base, _, _): kind(of: base)
    case .call(let call):
      if case .name(let name) = call.callee.kind, name.builtin == nil {
        kind(ofName: name.text)
      } else {
        InputKind(domain: .open)
      }
    case .comparison, .conjunction, .disjunction, .between, .membership, .quantified, .instance:
      InputKind(domain: .truth)
    case .arithmetic, .negation: InputKind(domain: .numbers())
    default: InputKind(domain: .open)
    }
  }

  private func kind(ofName name: String) -> InputKind {
    if let formal = formals.first(where: { $0.name == name }) {
      return InputKind(domain: Domain(of: formal.type), unit: formal.type.unit)
    }
    if let field = recordType?.field(named: name) { return kind(of: field) }
    if let decision = decision(named: name) {
      var domain = Domain(of: decision.type)
      if case .words = domain.kind { domain.kind = .words(outcomes(of: name).words) }
      if decision.type.kind == .number { domain.narrow(to: range(of: name)) }
      return InputKind(domain: domain, unit: decision.type.unit)
    }
    if let parameter = parameter(named: name) {
      if !parameter.choices.isEmpty { return InputKind(domain: .words(parameter.choices)) }
      return InputKind(domain: Domain(of: parameter.type), unit: parameter.type.unit)
    }
    return InputKind(domain: .open)
  }

  /// `企业.营业收入`: the field, when all types that have one of that name agree on it.
  private func kind(ofMember member: String, below base: Node) -> InputKind {
    if let type = type(of: base), let field = type.field(named: member) { return kind(of: field) }
    let fields = rulebook.dictionary.types.compactMap { $0.field(named: member) }
    guard let first = fields.first, fields.allSatisfy({ $0.type == first.type && $0.values == first.values }) else {
      return InputKind(domain: .open)
    }
    return kind(of: first)
  }

  /// The record type that a name or a path of names leads to.
  private func type(of node: Node) -> RecordType? {
    switch node.kind {
    case .name(let name):
      if name.text == about { return recordType }
      return recordType?.field(named: name.text)?.type.record.flatMap { rulebook.dictionary[$0] }
    case .path(let base, let member):
      return type(of: base)?.field(named: member)?.type.record.flatMap { rulebook.dictionary[$0] }
    default: return nil
    }
  }

  private func kind(of field: Field) -> InputKind {
    var domain = Domain(of: field.type)
    if case .words = domain.kind, !field.values.isEmpty { domain.kind = .words(field.ownValues) }
    domain.isNullable = field.allowsNone
    guard field.type.kind == .number, let unit = field.type.unit else {
      return InputKind(domain: domain, unit: field.type.unit)
    }
    // A stored fact is exact to the step of its unit; what is computed may lie between.
    if let step = unit.step { domain.step = .number(step) }
    if let floor = unit.floor { domain.floor = .number(floor) }
    return InputKind(domain: domain, unit: unit)
  }
}

extension Field {
  /// The closed list says that none is an answer too.
  var allowsNone: Bool { values.contains { Keywords.shared.isWord($0, "none") } }

  /// The closed list without the word for none.
  var ownValues: [String] { values.filter { !Keywords.shared.isWord($0, "none") } }
}

extension Domain {
  init(of type: ValueType) {
    switch type.kind {
    case .number: self = .numbers(stride: type.unit?.stride ?? .one)
    case .boolean: self = .truth
    case .text, .uscc: self = .words(nil)
    case .date: self = CalendarDate(year: 2000, month: 1, day: 1).map { Domain(like: .date($0)) } ?? .open
    case .list, .context, .reference: self = .open
    }
  }
}

extension Domain {
  fileprivate mutating func narrow(to range: NumberRange) {
    if range.isWhole { (step, stride) = (.number(.one), .number(.one)) }
    floor = range.low.map(Value.number)
    ceiling = range.high.map(Value.number)
  }
}

extension Unit {
  /// How far beside an edge an example is chosen.
  fileprivate var stride: Decimal128 {
    step ?? (isShare ? Decimal128(1, exponent: -4) : nil) ?? .one
  }
}
