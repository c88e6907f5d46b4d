/* decimal128 (IEEE 754-2008, binary integer coefficient) over Intel's BID library, passed by value.
   The struct has 8-byte alignment so that a Swift enum can hold it in three words. */
#ifndef CDECIMAL_H
#define CDECIMAL_H

#include <stdint.h>

typedef struct {
  uint64_t low, high;
} CDecimal;

/* The rounding directions of the standard, in the numbering of the library. */
enum {
  CDecimalToNearestEven = 0,
  CDecimalTowardNegative = 1,
  CDecimalTowardPositive = 2,
  CDecimalTowardZero = 3,
  CDecimalToNearestAway = 4
};

CDecimal cdecimal_add(CDecimal a, CDecimal b);
CDecimal cdecimal_subtract(CDecimal a, CDecimal b);
CDecimal cdecimal_multiply(CDecimal a, CDecimal b);
CDecimal cdecimal_divide(CDecimal a, CDecimal b);
CDecimal cdecimal_fused_multiply_add(CDecimal a, CDecimal b, CDecimal c);
/* The exact remainder with the sign of the dividend (truncated division). */
CDecimal cdecimal_remainder(CDecimal a, CDecimal b);
/* `a` with the exponent of `pattern`; not a number when the coefficient would need more than 34 digits. */
CDecimal cdecimal_quantize(CDecimal a, CDecimal pattern, uint32_t rounding);
CDecimal cdecimal_round_to_integral(CDecimal a, uint32_t rounding);
CDecimal cdecimal_square_root(CDecimal a);
CDecimal cdecimal_exponential(CDecimal a);
CDecimal cdecimal_natural_logarithm(CDecimal a);
CDecimal cdecimal_power(CDecimal a, CDecimal b);
/* Functions of one argument, in radians; not a number where they have no value. */
CDecimal cdecimal_sine(CDecimal a);
CDecimal cdecimal_cosine(CDecimal a);
CDecimal cdecimal_tangent(CDecimal a);
CDecimal cdecimal_arc_sine(CDecimal a);
CDecimal cdecimal_arc_cosine(CDecimal a);
CDecimal cdecimal_arc_tangent(CDecimal a);
CDecimal cdecimal_hyperbolic_sine(CDecimal a);
CDecimal cdecimal_hyperbolic_cosine(CDecimal a);
CDecimal cdecimal_hyperbolic_tangent(CDecimal a);
CDecimal cdecimal_cube_root(CDecimal a);
CDecimal cdecimal_decimal_logarithm(CDecimal a);
CDecimal cdecimal_exponential_minus_one(CDecimal a);
/* The angle of the point (b, a). */
CDecimal cdecimal_angle(CDecimal a, CDecimal b);
CDecimal cdecimal_hypotenuse(CDecimal a, CDecimal b);
/* -1, 0, 1; 2 when either is not a number. */
int32_t cdecimal_compare(CDecimal a, CDecimal b);
/* Zero-terminated ASCII: digits with an optional sign, point and exponent. */
CDecimal cdecimal_from_text(const char *text);

#endif
