/// One step of drawing a value: a ``Distribution`` laid flat. What it needs of other steps and tables stands by place.
struct PlanNode: BitwiseCopyable, Sendable {
  enum Kind: UInt8 {
    case constant, choice, steps, quantiles, date, between, offset, next, reference, field, scaled, product
    case monthsBetween, serial, code, name, annual, classes, bands, mix
  }

  var kind: Kind
  /// Of a field: how far above its row stands. Of bands: 1 when bounds are days.
  var level: UInt8 = 0
  var hasStep = false
  /// Of a field: its slots.
  var slot: Int32 = 0
  var slots: Int32 = 0
  /// Nodes, or places in ``Plan/children`` and ``Plan/values``; -1: none.
  var first: Int32 = -1
  var second: Int32 = -1
  var third: Int32 = -1
  /// A run in ``Plan/numbers`` or ``Plan/children``.
  var table: Int32 = 0
  var count: Int32 = 0
  /// A constant; of steps, the least.
  var value = Drawn.missing
  var step = Scaled.one
  /// A day number, day of the month, number of places, number of steps, year or scale, as the kind says.
  var detail = 0
}

/// A field of a rule, ready to be drawn.
struct FieldPlan: BitwiseCopyable, Sendable {
  var node: Int32
  var slot: Int32
  var slots: Int32
  /// The field's part of a seed.
  var part: UInt64
  var blank: Int
  var none: Int
}

struct RulePlan: BitwiseCopyable, Sendable {
  /// The seed with the rule's part in it.
  var seed: UInt64
  /// Where its fields begin in ``Plan/fields``.
  var fields: Int32
  var share: Int
  /// The node that says how many rows a parent gets; -1 for a rule with a fixed number.
  var rows: Int32
  var usesPrevious: Bool
}

struct SerialForm: BitwiseCopyable, Sendable {
  /// A text's place.
  var prefix: Int32
  var width: Int
}
