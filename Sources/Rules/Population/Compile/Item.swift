import FEEL
import Policy

/// What an expression is while it is compiled: registers that will hold its values, or a shape made of such.
indirect enum Item {
  case scalar(Scalar)
  case record(RecordItem)
  case list(ListItem)
  case range(RangeItem)
  case context(ContextItem)
  case function(FunctionItem)

  static var null: Item { .scalar(.null) }
}

/// One value for each row.
struct Scalar {
  enum Kind {
    /// Whole multiples of 10^-scale; a fraction over `divisor`, which is positive where the value is not null.
    case number(scale: Int, divisor: Register?)
    case truth
    case date
    case text(TextPool)
    /// Years and months duration.
    case months
    /// Days and time duration, whole days.
    case days
    /// Always null.
    case nothing
  }

  var kind: Kind
  var value: Register
  /// A mask of the rows where it is null; a truth says so itself.
  var null: Register?
  /// Bits of the rows whose value rests on missing facts: 1 some, 2 some that an office or an expert gives.
  var open: Register?
  /// FEEL may have rounded on the way, so that what is nearly equal may not be told from equal.
  var isRounded = false
  /// Where it is rounded: a mask of the rows in which a quotient on the way may have more digits than FEEL keeps; nil for all.
  var inexact: Register?

  static let null = Scalar(kind: .nothing, value: Register(index: -1), null: nil, open: nil)

  var isNothing: Bool { if case .nothing = kind { true } else { false } }
}

/// A record: the program's own row, or one that a reference leads to.
struct RecordItem {
  var type: RecordType
  /// The row in the table of the type; nil: the program's own.
  var row: Register?
  /// References followed so far.
  var depth: Int
  var null: Register?
  var open: Register?
}

enum ListItem {
  case items([Item])
  /// Items of which each row has some.
  case choice(ItemChoice)
  /// Rows of a nested program.
  case rows(RowList)
  case joined([ListItem])
  /// Where the mask is set, the list is null.
  case null(open: Register?)
}

/// A written-out list after a filter: each item is there where its truth is yes.
struct ItemChoice {
  struct Entry {
    var keep: Register
    var item: Item
  }

  var items: [Entry]
  /// Bits that having the list sets.
  var open: Register?
  /// Where the mask is set, the list is null.
  var null: Register?
}

/// The rows that belong to a row, those kept, and what is made of each.
struct RowList {
  var nest: Int
  var builder: ProgramBuilder
  /// A truth of the nested program: yes keeps the row. nil keeps all.
  var keep: Register?
  /// Of the nested program.
  var element: Item
  /// Bits that every row of the nested program adds, kept or not.
  var open: Register?
  /// Of the program around: where set, the list itself is null.
  var null: Register?
  var outerOpen: Register?
  /// Equal elements count once.
  var isDistinct = false
}

struct ContextItem {
  struct Entry {
    var name: String
    var item: Item
  }

  var entries: [Entry]
  /// Where the mask is set, the context itself is null.
  var null: Register?
  /// Bits that having the context sets.
  var open: Register?

  subscript(name: String) -> Item? { entries.first { $0.name == name }?.item }
}

struct RangeItem {
  var start, end: Scalar?
  var startIncluded, endIncluded: Bool
}

enum FunctionItem {
  /// A decision about a record, called for one.
  case byRecord(name: String, versions: [PolicyDecision], about: String)
  case knowledge(PolicyDecision)
  case definition(FunctionDefinition, locals: [Local])
  case builtin(String)
}

/// A value bound inside an expression, and the program whose registers it names.
struct Local {
  var item: Item
  var builder: ProgramBuilder
}
