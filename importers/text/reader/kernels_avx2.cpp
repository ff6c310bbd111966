// Kernels for AVX2 with FMA. 8-bit products widen to 16 bits and use vpmaddwd, whose sums of two
// products fit 32 bits; vpmaddubsw, which works on bytes, would saturate and give other bits than
// the other versions. Blocks of rows and panels of weights are widened once for many products.
// Compiled for every x86-64; called only where is_supported() finds the instructions.

#include "importers/text/reader/kernels.h"

#if defined(__x86_64__)

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <utility>

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
constexpr int float_tile_rows = 6;
constexpr int float_tile_panels = 1;
constexpr int attention_tile_rows = 3;

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

/// Scales the sums of one row with one panel of 16 columns and writes them.
inline void finish(__m256i low, __m256i high, float a_scale, const PackedInt8& w, std::size_t panel,
                   Activation activation, float* out) {
  const __m256i low_start =
      _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w.minus_128.data() + panel * 16));
  const __m256i high_start =
      _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w.minus_128.data() + panel * 16 + 8));
  const F whole = {_mm256_cvtepi32_ps(_mm256_add_epi32(low, low_start)),
                   _mm256_cvtepi32_ps(_mm256_add_epi32(high, high_start))};
  const F scaled = mul(whole, all(a_scale));
  store(out + panel * 16,
        activate(fma(scaled, load(w.scale.data() + panel * 16), load(w.bias.data() + panel * 16)),
                 activation));
}

/// Rows of a tile of widened numbers, and of the block that is widened at once.
constexpr int tile_rows = 6;
constexpr std::size_t most_block_rows = 96;

/// Widens `count` bytes, a multiple of 64.
inline void widen(const std::uint8_t* bytes, std::size_t count, std::int16_t* out) {
  for (std::size_t i = 0; i < count; i += 16) {
    const __m128i sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), _mm256_cvtepu8_epi16(sixteen));
  }
}

/// Widens a panel: for each two inputs 16 columns x 2 inputs.
inline void widen_panel(const std::int8_t* weights, std::size_t weight_stride, std::size_t k_padded,
                        std::int16_t* out) {
  for (std::size_t k = 0; k < k_padded; k += 4, weights += weight_stride, out += 64) {
    for (std::ptrdiff_t half = 0; half < 2; ++half) {
      const auto four_columns = [&](std::ptrdiff_t quarter) {
        return _mm256_castsi256_ps(_mm256_cvtepi8_epi16(
            _mm_load_si128(reinterpret_cast<const __m128i*>(weights + half * 32 + quarter * 16))));
      };
      const __m256 left = four_columns(0);
      const __m256 right = four_columns(1);
      const auto put = [&](std::ptrdiff_t pair, __m256 columns) {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + pair * 32 + half * 16),
                            _mm256_permute4x64_epi64(_mm256_castps_si256(columns), 0xD8));
      };
      put(0, _mm256_shuffle_ps(left, right, 0x88));
      put(1, _mm256_shuffle_ps(left, right, 0xDD));
    }
  }
}

/// Adds to each 32-bit lane of `sums` the products of the two numbers at `a` and those of the lane
/// of `low` and `high`. Written as instructions in their order, because the compiler gathers all
/// loads and products of a tile before the sums, which then find no registers.
[[gnu::always_inline]] inline void add_products(__m256i (&sums)[2], const std::int16_t* a,
                                                __m256i low, __m256i high) {
  __m256i value;
  __m256i product;
  asm volatile("vpbroadcastd %1, %0" : "=x"(value) : "m"(*reinterpret_cast<const char(*)[4]>(a)));
  asm volatile("vpmaddwd %3, %2, %1\n\tvpaddd %1, %0, %0"
               : "+x"(sums[0]), "=&x"(product)
               : "x"(value), "x"(low));
  asm volatile("vpmaddwd %3, %2, %1\n\tvpaddd %1, %0, %0"
               : "+x"(sums[1]), "=&x"(product)
               : "x"(value), "x"(high));
}

/// Products of a tile of widened rows, one for each R, with one widened panel; a 256-bit sum holds
/// eight columns. The sums are addressed by constants only so that they stay in registers.
template <int... R>
inline void wide_tile(std::integer_sequence<int, R...> /*rows*/, const std::int16_t* a,
                      const float* a_scales, const PackedInt8& w, std::size_t panel,
                      const std::int16_t* weights, Activation activation, float* out,
                      std::size_t out_stride) {
  const std::size_t k_padded = w.k_padded;
  __m256i sum[sizeof...(R)][2];
  ((sum[R][0] = _mm256_setzero_si256(), sum[R][1] = _mm256_setzero_si256()), ...);
  for (std::size_t k = 0; k < k_padded; k += 2, weights += 32) {
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights + 16));
    (add_products(sum[R], a + R * k_padded + k, low, high), ...);
  }
  (finish(sum[R][0], sum[R][1], a_scales[R], w, panel, activation, out + R * out_stride), ...);
}

/// Products of `Rows` rows, too few to widen anything for, with one panel of 16 columns. A 256-bit
/// sum holds, for four columns, the products of even and odd pairs of inputs apart; they meet at
/// the end.
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
      const __m256i column = _mm256_cvtepi8_epi16(
          _mm_load_si128(reinterpret_cast<const __m128i*>(weights + std::ptrdiff_t{p} * 16)));
      for (int r = 0; r < Rows; ++r) {
        sum[r][p] = _mm256_add_epi32(sum[r][p], _mm256_madd_epi16(value[r], column));
      }
    }
    weights += weight_stride;
  }
  for (int r = 0; r < Rows; ++r) {
    finish(_mm256_permute4x64_epi64(_mm256_hadd_epi32(sum[r][0], sum[r][1]), 0xD8),
           _mm256_permute4x64_epi64(_mm256_hadd_epi32(sum[r][2], sum[r][3]), 0xD8), a_scales[r], w,
           panel, activation, out + r * out_stride);
  }
}

void product_int8(const std::uint8_t* a, const float* a_scales, std::size_t m, const PackedInt8& w,
                  Activation activation, float* out, std::size_t out_stride) {
  const std::size_t panels = padded_columns(w.n) / 16;
  const std::size_t wide_rows = m / tile_rows * tile_rows;
  const std::size_t block_rows = std::min(wide_rows, most_block_rows);
  const auto wide_a = std::make_unique_for_overwrite<std::int16_t[]>(block_rows * w.k_padded);
  const auto wide_panel =
      std::make_unique_for_overwrite<std::int16_t[]>(wide_rows > 0 ? w.k_padded * 16 : 0);
  const auto each_panel = [&](const auto& use) {
    for (std::size_t panel = 0; panel < panels; ++panel) {
      const std::size_t group = panel / group_panels * group_panels;
      const std::size_t width = std::min(group_panels, panels - group);
      use(panel, w.weights.data() + group * w.k_padded * 16 + (panel - group) * 64, width * 64);
    }
  };
  for (std::size_t begin = 0; begin < wide_rows; begin += most_block_rows) {
    const std::size_t end = std::min(wide_rows, begin + most_block_rows);
    widen(a + begin * w.k_padded, (end - begin) * w.k_padded, wide_a.get());
    each_panel([&](std::size_t panel, const std::int8_t* weights, std::size_t stride) {
      widen_panel(weights, stride, w.k_padded, wide_panel.get());
      for (std::size_t i = begin; i < end; i += tile_rows) {
        wide_tile(std::make_integer_sequence<int, tile_rows>(),
                  wide_a.get() + (i - begin) * w.k_padded, a_scales + i, w, panel, wide_panel.get(),
                  activation, out + i * out_stride, out_stride);
      }
    });
  }
  each_panel([&](std::size_t panel, const std::int8_t* weights, std::size_t stride) {
    std::size_t i = wide_rows;
    for (; i + 2 <= m; i += 2) {
      int8_tile<2>(a + i * w.k_padded, a_scales + i, w, panel, weights, stride, activation,
                   out + i * out_stride, out_stride);
    }
    if (i < m) {
      int8_tile<1>(a + i * w.k_padded, a_scales + i, w, panel, weights, stride, activation,
                   out + i * out_stride, out_stride);
    }
  });
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
