/// How a fraction is made whole.
package enum WholeRounding: CaseIterable, Hashable, Sendable {
  case floor, ceiling, up, down, halfUp, halfDown, halfEven
}
