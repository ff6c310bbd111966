// Kernels for AVX2 with FMA. 8-bit products widen to 16 bits and use vpmaddwd, whose sums of two
// products fit 32 bits; vpmaddubsw would saturate. Compiled for every x86-64; called only where
// is_supported() finds the instructions.

#include "importers/text/reader/kernels.h"

#if defined(__x86_64__)

#include <algorithm>
#include <cmath>
#include <cstring>

#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#endif

namespace relata::text::avx2 {
namespace {

#include "importers/text/reader/kernels_scalar.inl"

/// Lanes 0..7 and 8..15.
struct F {
  __m256 low;
  __m256 high;
};
constexpr int kFloatRows = 6;
constexpr int kFloatPanels = 1;
constexpr int kAttentionRows = 3;

inline F load(const float* p) {
  return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)};
}
inline void store(float* p, F x) {
  _mm256_storeu_ps(p, x.low);
  _mm256_storeu_ps(p + 8, x.high);
}
inline F all(float x) {
  return {_mm256_set1_ps(x), _mm256_set1_ps(x)};
}
inline F add(F a, F b) {
  return {_mm256_add_ps(a.low, b.low), _mm256_add_ps(a.high, b.high)};
}
inline F sub(F a, F b) {
  return {_mm256_sub_ps(a.low, b.low), _mm256_sub_ps(a.high, b.high)};
}
inline F mul(F a, F b) {
  return {_mm256_mul_ps(a.low, b.low), _mm256_mul_ps(a.high, b.high)};
}
inline F fma(F a, F b, F c) {
  return {_mm256_fmadd_ps(a.low, b.low, c.low), _mm256_fmadd_ps(a.high, b.high, c.high)};
}
inline F max_of(F a, F b) {
  return {_mm256_max_ps(a.low, b.low), _mm256_max_ps(a.high, b.high)};
}
inline F min_of(F a, F b) {
  return {_mm256_min_ps(a.low, b.low), _mm256_min_ps(a.high, b.high)};
}
inline F absolute(F a) {
  const __m256 sign = _mm256_set1_ps(-0.0F);
  return {_mm256_andnot_ps(sign, a.low), _mm256_andnot_ps(sign, a.high)};
}
inline F nearest(F a) {
  constexpr int mode = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
  return {_mm256_round_ps(a.low, mode), _mm256_round_ps(a.high, mode)};
}
inline __m256 power_of_two(__m256 n) {
  const __m256i exponent = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));
  return _mm256_castsi256_ps(_mm256_slli_epi32(exponent, 23));
}
inline F power_of_two(F n) {
  return {power_of_two(n.low), power_of_two(n.high)};
}
inline void store_u8(std::uint8_t* p, F x) {
  const __m256i words = _mm256_packs_epi32(_mm256_cvtps_epi32(x.low), _mm256_cvtps_epi32(x.high));
  const __m256i ordered = _mm256_permute4x64_epi64(words, 0xD8);
  const __m128i bytes =
      _mm_packs_epi16(_mm256_castsi256_si128(ordered), _mm256_extracti128_si256(ordered, 1));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm_xor_si128(bytes, _mm_set1_epi8(-128)));
}
inline float sum_of_lanes(F x) {
  const __m256 eight = _mm256_add_ps(x.low, x.high);
  const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}
inline float largest_lane(F x) {
  const __m256 eight = _mm256_max_ps(x.low, x.high);
  const __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

#include "importers/text/reader/kernels_float.inl"

/// Products of `Rows` rows with one panel of 16 columns. A 256-bit sum holds, for four columns, the
/// products of even and odd pairs of inputs apart; they meet at the end.
template <int Rows>
inline void int8_tile(const std::uint8_t* a, const float* a_scales, const PackedInt8& w,
                      std::size_t panel, const std::int8_t* weights, std::size_t weight_stride,
                      Activation activation, float* out, std::size_t out_stride) {
  __m256i sum[Rows][4];
  for (int r = 0; r < Rows; ++r) {
    for (int p = 0; p < 4; ++p) sum[r][p] = _mm256_setzero_si256();
  }
  for (std::size_t k = 0; k < w.k_padded; k += 4) {
    __m256i value[Rows];
    for (int r = 0; r < Rows; ++r) {
      std::int32_t four;
      std::memcpy(&four, a + r * w.k_padded + k, 4);
      value[r] = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
    }
    for (int p = 0; p < 4; ++p) {
      const __m256i column =
          _mm256_cvtepi8_epi16(_mm_load_si128(reinterpret_cast<const __m128i*>(weights + p * 16)));
      for (int r = 0; r < Rows; ++r) {
        sum[r][p] = _mm256_add_epi32(sum[r][p], _mm256_madd_epi16(value[r], column));
      }
    }
    weights += weight_stride;
  }
  const __m256i low_start =
      _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w.minus_128.data() + panel * 16));
  const __m256i high_start =
      _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w.minus_128.data() + panel * 16 + 8));
  const F scale = load(w.scale.data() + panel * 16);
  const F bias = load(w.bias.data() + panel * 16);
  for (int r = 0; r < Rows; ++r) {
    const __m256i low = _mm256_permute4x64_epi64(_mm256_hadd_epi32(sum[r][0], sum[r][1]), 0xD8);
    const __m256i high = _mm256_permute4x64_epi64(_mm256_hadd_epi32(sum[r][2], sum[r][3]), 0xD8);
    const F whole = {_mm256_cvtepi32_ps(_mm256_add_epi32(low, low_start)),
                     _mm256_cvtepi32_ps(_mm256_add_epi32(high, high_start))};
    const F scaled = mul(whole, all(a_scales[r]));
    store(out + r * out_stride + panel * 16, activate(fma(scaled, scale, bias), activation));
  }
}

void product_int8(const std::uint8_t* a, const float* a_scales, std::size_t m, const PackedInt8& w,
                  Activation activation, float* out, std::size_t out_stride) {
  const std::size_t panels = padded_columns(w.n) / 16;
  for (std::size_t panel = 0; panel < panels; ++panel) {
    const std::size_t group = panel / group_panels * group_panels;
    const std::size_t width = std::min(group_panels, panels - group);
    const std::int8_t* weights = w.weights.data() + group * w.k_padded * 16 + (panel - group) * 64;
    std::size_t i = 0;
    for (; i + 2 <= m; i += 2) {
      int8_tile<2>(a + i * w.k_padded, a_scales + i, w, panel, weights, width * 64, activation,
                   out + i * out_stride, out_stride);
    }
    if (i < m) {
      int8_tile<1>(a + i * w.k_padded, a_scales + i, w, panel, weights, width * 64, activation,
                   out + i * out_stride, out_stride);
    }
  }
}

}  // namespace
}  // namespace relata::text::avx2

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

namespace relata::text::detail {

const Kernels avx2_kernels = {Isa::avx2,           avx2::quantise,   avx2::product_int8,
                              avx2::product_float, avx2::layer_norm, avx2::attention,
                              avx2::softmax,       avx2::add_scaled, avx2::dot};

}  // namespace relata::text::detail

#endif  // defined(__x86_64__)
