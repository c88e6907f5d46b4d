#pragma once
#include <stdbool.h>

// Whether this processor, and its system, run code made for the fourth level of x86-64 (AVX-512 with F, BW, CD, DQ and VL).
static inline bool processor_has_avx512(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
  return false;
#endif
}
