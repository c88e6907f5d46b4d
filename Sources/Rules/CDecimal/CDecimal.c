#include "CDecimal.h"

/* Debian's libbidgcc000.a: arguments by value, the rounding direction as an argument, exception flags by pointer. */
typedef struct {
  uint64_t w[2];
} __attribute__((aligned(16))) BID;

BID __bid128_add(BID, BID, unsigned, unsigned *);
BID __bid128_sub(BID, BID, unsigned, unsigned *);
BID __bid128_mul(BID, BID, unsigned, unsigned *);
BID __bid128_div(BID, BID, unsigned, unsigned *);
BID __bid128_fma(BID, BID, BID, unsigned, unsigned *);
BID __bid128_fmod(BID, BID, unsigned *);
BID __bid128_quantize(BID, BID, unsigned, unsigned *);
BID __bid128_round_integral_nearest_even(BID, unsigned *);
BID __bid128_round_integral_nearest_away(BID, unsigned *);
BID __bid128_round_integral_negative(BID, unsigned *);
BID __bid128_round_integral_positive(BID, unsigned *);
BID __bid128_round_integral_zero(BID, unsigned *);
BID __bid128_sqrt(BID, unsigned, unsigned *);
BID __bid128_exp(BID, unsigned, unsigned *);
BID __bid128_log(BID, unsigned, unsigned *);
BID __bid128_pow(BID, BID, unsigned, unsigned *);
BID __bid128_sin(BID, unsigned, unsigned *);
BID __bid128_cos(BID, unsigned, unsigned *);
BID __bid128_tan(BID, unsigned, unsigned *);
BID __bid128_asin(BID, unsigned, unsigned *);
BID __bid128_acos(BID, unsigned, unsigned *);
BID __bid128_atan(BID, unsigned, unsigned *);
BID __bid128_sinh(BID, unsigned, unsigned *);
BID __bid128_cosh(BID, unsigned, unsigned *);
BID __bid128_tanh(BID, unsigned, unsigned *);
BID __bid128_cbrt(BID, unsigned, unsigned *);
BID __bid128_log10(BID, unsigned, unsigned *);
BID __bid128_expm1(BID, unsigned, unsigned *);
BID __bid128_atan2(BID, BID, unsigned, unsigned *);
BID __bid128_hypot(BID, BID, unsigned, unsigned *);
BID __bid128_from_string(char *, unsigned, unsigned *);
int __bid128_quiet_equal(BID, BID, unsigned *);
int __bid128_quiet_less(BID, BID, unsigned *);
int __bid128_quiet_greater(BID, BID, unsigned *);

static BID library(CDecimal a) {
  BID b = {{a.low, a.high}};
  return b;
}

static CDecimal own(BID b) {
  CDecimal a = {b.w[0], b.w[1]};
  return a;
}

CDecimal cdecimal_add(CDecimal a, CDecimal b) {
  unsigned flags = 0;
  return own(__bid128_add(library(a), library(b), CDecimalToNearestEven, &flags));
}

CDecimal cdecimal_subtract(CDecimal a, CDecimal b) {
  unsigned flags = 0;
  return own(__bid128_sub(library(a), library(b), CDecimalToNearestEven, &flags));
}

CDecimal cdecimal_multiply(CDecimal a, CDecimal b) {
  unsigned flags = 0;
  return own(__bid128_mul(library(a), library(b), CDecimalToNearestEven, &flags));
}

CDecimal cdecimal_divide(CDecimal a, CDecimal b) {
  unsigned flags = 0;
  return own(__bid128_div(library(a), library(b), CDecimalToNearestEven, &flags));
}

CDecimal cdecimal_fused_multiply_add(CDecimal a, CDecimal b, CDecimal c) {
  unsigned flags = 0;
  return own(__bid128_fma(library(a), library(b), library(c), CDecimalToNearestEven, &flags));
}

CDecimal cdecimal_remainder(CDecimal a, CDecimal b) {
  unsigned flags = 0;
  return own(__bid128_fmod(library(a), library(b), &flags));
}

CDecimal cdecimal_quantize(CDecimal a, CDecimal pattern, uint32_t rounding) {
  unsigned flags = 0;
  return own(__bid128_quantize(library(a), library(pattern), rounding, &flags));
}

CDecimal cdecimal_round_to_integral(CDecimal a, uint32_t rounding) {
  unsigned flags = 0;
  switch (rounding) {
    case CDecimalTowardNegative: return own(__bid128_round_integral_negative(library(a), &flags));
    case CDecimalTowardPositive: return own(__bid128_round_integral_positive(library(a), &flags));
    case CDecimalTowardZero: return own(__bid128_round_integral_zero(library(a), &flags));
    case CDecimalToNearestAway: return own(__bid128_round_integral_nearest_away(library(a), &flags));
    default: return own(__bid128_round_integral_nearest_even(library(a), &flags));
  }
}

CDecimal cdecimal_square_root(CDecimal a) {
  unsigned flags = 0;
  return own(__bid128_sqrt(library(a), CDecimalToNearestEven, &flags));
}

CDecimal cdecimal_exponential(CDecimal a) {
  unsigned flags = 0;
  return own(__bid128_exp(library(a), CDecimalToNearestEven, &flags));
}

CDecimal cdecimal_natural_logarithm(CDecimal a) {
  unsigned flags = 0;
  return own(__bid128_log(library(a), CDecimalToNearestEven, &flags));
}

CDecimal cdecimal_power(CDecimal a, CDecimal b) {
  unsigned flags = 0;
  return own(__bid128_pow(library(a), library(b), CDecimalToNearestEven, &flags));
}

/* Functions of one and of two arguments that only differ in name. */
#define UNARY(name, function)                                              \
  CDecimal cdecimal_##name(CDecimal a) {                                   \
    unsigned flags = 0;                                                    \
    return own(__bid128_##function(library(a), CDecimalToNearestEven, &flags)); \
  }
#define BINARY(name, function)                                             \
  CDecimal cdecimal_##name(CDecimal a, CDecimal b) {                       \
    unsigned flags = 0;                                                    \
    return own(__bid128_##function(library(a), library(b), CDecimalToNearestEven, &flags)); \
  }

UNARY(sine, sin)
UNARY(cosine, cos)
UNARY(tangent, tan)
UNARY(arc_sine, asin)
UNARY(arc_cosine, acos)
UNARY(arc_tangent, atan)
UNARY(hyperbolic_sine, sinh)
UNARY(hyperbolic_cosine, cosh)
UNARY(hyperbolic_tangent, tanh)
UNARY(cube_root, cbrt)
UNARY(decimal_logarithm, log10)
UNARY(exponential_minus_one, expm1)
BINARY(angle, atan2)
BINARY(hypotenuse, hypot)

int32_t cdecimal_compare(CDecimal a, CDecimal b) {
  unsigned flags = 0;
  if (__bid128_quiet_less(library(a), library(b), &flags)) return -1;
  if (__bid128_quiet_greater(library(a), library(b), &flags)) return 1;
  return __bid128_quiet_equal(library(a), library(b), &flags) ? 0 : 2;
}

CDecimal cdecimal_from_text(const char *text) {
  unsigned flags = 0;
  return own(__bid128_from_string((char *)text, CDecimalToNearestEven, &flags));
}
