// Kernels for AVX-512 with VNNI (vpdpbusd: unsigned activations times signed weights, four products
// added to a 32-bit lane without saturation). Compiled for every x86-64; called only where
// best_isa() finds the instructions.

#include "importers/text/reader/kernels.h"

#if defined(__x86_64__)

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <utility>

#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(                                                          \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma"))), \
    apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma")
#endif

namespace relata::text::avx512 {
namespace {

#include "importers/text/reader/kernels_scalar.inl"

using F = __m512;
constexpr int float_tile_rows = 8;
constexpr int float_tile_panels = 3;
constexpr int attention_tile_rows = 6;

inline F load(const float* p) {
  return _mm512_loadu_ps(p);
}
inline void store(float* p, F x) {
  _mm512_storeu_ps(p, x);
}
inline F all(float x) {
  return _mm512_set1_ps(x);
}
inline F add(F a, F b) {
  return _mm512_add_ps(a, b);
}
inline F sub(F a, F b) {
  return _mm512_sub_ps(a, b);
}
inline F mul(F a, F b) {
  return _mm512_mul_ps(a, b);
}
inline F fma(F a, F b, F c) {
  return _mm512_fmadd_ps(a, b, c);
}
inline F max_of(F a, F b) {
  return _mm512_max_ps(a, b);
}
inline F min_of(F a, F b) {
  return _mm512_min_ps(a, b);
}
inline F absolute(F a) {
  return _mm512_abs_ps(a);
}
inline F nearest(F a) {
  return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
inline F power_of_two(F n) {
  const __m512i exponent = _mm512_add_epi32(_mm512_cvtps_epi32(n), _mm512_set1_epi32(127));
  return _mm512_castsi512_ps(_mm512_slli_epi32(exponent, 23));
}
inline void store_u8(std::uint8_t* p, F x) {
  const __m128i bytes = _mm512_cvtepi32_epi8(_mm512_cvtps_epi32(x));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm_xor_si128(bytes, _mm_set1_epi8(-128)));
}
inline float sum_of_lanes(F x) {
  const __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(x), _mm512_extractf32x8_ps(x, 1));
  const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}
inline float largest_lane(F x) {
  return _mm512_reduce_max_ps(x);
}

#include "importers/text/reader/kernels_float.inl"

constexpr int tile_rows = 6;

/// Adds to each 32-bit lane of `sum` the four products of its bytes of `a` (unsigned) and `b`
/// (signed). Written as an instruction because the compiler surrounds the intrinsic with copies of
/// the accumulator, which halves the speed of the whole product.
[[gnu::always_inline]] inline void add_products(__m512i& sum, __m512i a, __m512i b) {
  asm("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(a), "v"(b));
}

/// The accumulators of a tile, addressed by constants only so that they stay in registers.
template <int Rows, int Panels>
using Sums = __m512i[Rows][Panels];

template <int Row, int Rows, int Panels, int... P>
[[gnu::always_inline]] inline void add_row(Sums<Rows, Panels>& sum, const std::uint8_t* a,
                                           const __m512i (&column)[Panels],
                                           std::integer_sequence<int, P...>) {
  const __m512i value = _mm512_broadcastd_epi32(_mm_loadu_si32(a));
  (add_products(sum[Row][P], value, column[P]), ...);
}

template <int Rows, int Panels, int... R, int... P>
[[gnu::always_inline]] inline void add_rows(Sums<Rows, Panels>& sum, const std::uint8_t* a,
                                            std::size_t stride, const std::int8_t* weights,
                                            std::integer_sequence<int, R...>,
                                            std::integer_sequence<int, P...> panels) {
  const __m512i column[Panels] = {_mm512_load_si512(weights + std::ptrdiff_t{P} * 64)...};
  (add_row<R, Rows, Panels>(sum, a + R * stride, column, panels), ...);
}

template <int Row, int Rows, int Panels, int... P>
[[gnu::always_inline]] inline void finish_row(const Sums<Rows, Panels>& sum, const PackedInt8& w,
                                              std::size_t panel, float a_scale,
                                              Activation activation, float* out,
                                              std::integer_sequence<int, P...>) {
  (store(out + std::ptrdiff_t{P} * 16,
         activate(
             fma(mul(_mm512_cvtepi32_ps(sum[Row][P]), all(a_scale)),
                 load(w.scale.data() + (panel + P) * 16), load(w.bias.data() + (panel + P) * 16)),
             activation)),
   ...);
}

template <int Rows, int Panels, int... R, int... P>
inline void int8_tile(const std::uint8_t* a, const float* a_scales, const PackedInt8& w,
                      std::size_t panel, Activation activation, float* out, std::size_t out_stride,
                      std::integer_sequence<int, R...> rows,
                      std::integer_sequence<int, P...> panels) {
  const std::int8_t* weights = w.weights.data() + panel * w.k_padded * 16;
  const std::size_t stride = w.k_padded;
  Sums<Rows, Panels> sum;
  const __m512i start[Panels] = {_mm512_loadu_si512(w.minus_128.data() + (panel + P) * 16)...};
  ((((void)R, sum[R][0] = start[0]), ...));
  if constexpr (Panels > 1) ((sum[R][1] = start[1]), ...);
  if constexpr (Panels > 2) ((sum[R][2] = start[2]), ...);
  if constexpr (Panels > 3) ((sum[R][3] = start[3]), ...);
  for (std::size_t k = 0; k < stride; k += 4) {
    add_rows<Rows, Panels>(sum, a + k, stride, weights, rows, panels);
    weights += std::ptrdiff_t{Panels} * 64;
  }
  (finish_row<R, Rows, Panels>(sum, w, panel, a_scales[R], activation,
                               out + R * out_stride + panel * 16, panels),
   ...);
}

template <int Rows, int Panels>
inline void int8_tile(const std::uint8_t* a, const float* a_scales, const PackedInt8& w,
                      std::size_t panel, Activation activation, float* out,
                      std::size_t out_stride) {
  int8_tile<Rows, Panels>(a, a_scales, w, panel, activation, out, out_stride,
                          std::make_integer_sequence<int, Rows>{},
                          std::make_integer_sequence<int, Panels>{});
}

template <int Panels>
inline void int8_panels(const std::uint8_t* a, const float* a_scales, std::size_t m,
                        const PackedInt8& w, std::size_t panel, Activation activation, float* out,
                        std::size_t out_stride) {
  std::size_t i = 0;
  for (; i + tile_rows <= m; i += tile_rows) {
    int8_tile<tile_rows, Panels>(a + i * w.k_padded, a_scales + i, w, panel, activation,
                                 out + i * out_stride, out_stride);
  }
  const std::uint8_t* rest = a + i * w.k_padded;
  out += i * out_stride;
  a_scales += i;
  switch (m - i) {
    case 1:
      return int8_tile<1, Panels>(rest, a_scales, w, panel, activation, out, out_stride);
    case 2:
      return int8_tile<2, Panels>(rest, a_scales, w, panel, activation, out, out_stride);
    case 3:
      return int8_tile<3, Panels>(rest, a_scales, w, panel, activation, out, out_stride);
    case 4:
      return int8_tile<4, Panels>(rest, a_scales, w, panel, activation, out, out_stride);
    case 5:
      return int8_tile<5, Panels>(rest, a_scales, w, panel, activation, out, out_stride);
    default:
      return;
  }
}

void rows_int8(const std::uint8_t* a, const float* a_scales, std::size_t m, const PackedInt8& w,
               Activation activation, float* out, std::size_t out_stride) {
  const std::size_t panels = padded_columns(w.n) / 16;
  std::size_t panel = 0;
  for (; panel + 4 <= panels; panel += 4) {
    int8_panels<4>(a, a_scales, m, w, panel, activation, out, out_stride);
  }
  switch (panels - panel) {
    case 1:
      return int8_panels<1>(a, a_scales, m, w, panel, activation, out, out_stride);
    case 2:
      return int8_panels<2>(a, a_scales, m, w, panel, activation, out, out_stride);
    case 3:
      return int8_panels<3>(a, a_scales, m, w, panel, activation, out, out_stride);
    default:
      return;
  }
}

void product_int8(const std::uint8_t* a, const float* a_scales, std::size_t m, const PackedInt8& w,
                  Activation activation, float* out, std::size_t out_stride) {
  // A block's activations and results stay in the second-level cache.
  constexpr std::size_t block = 96;
  for (std::size_t i = 0; i < m; i += block) {
    rows_int8(a + i * w.k_padded, a_scales + i, std::min(block, m - i), w, activation,
              out + i * out_stride, out_stride);
  }
}

}  // namespace
}  // namespace relata::text::avx512

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

namespace relata::text::detail {

const Kernels avx512_kernels = {Isa::avx512_vnni,      avx512::quantise,   avx512::product_int8,
                                avx512::product_float, avx512::layer_norm, avx512::attention,
                                avx512::softmax,       avx512::add_scaled, avx512::dot};

}  // namespace relata::text::detail

#endif  // defined(__x86_64__)
