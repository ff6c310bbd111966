// Plain C++ kernels for any processor, the packing of weights, and the choice at run time.

#include "importers/text/reader/kernels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "graph/errors.h"

namespace relata::text {

namespace plain {
namespace {

#include "importers/text/reader/kernels_scalar.inl"

struct F {
  std::array<float, 16> lane;
};
constexpr int float_tile_rows = 2;
constexpr int float_tile_panels = 1;
constexpr int attention_tile_rows = 1;

inline F load(const float* p) {
  F x;
  std::memcpy(x.lane.data(), p, sizeof(x.lane));
  return x;
}
inline void store(float* p, const F& x) {
  std::memcpy(p, x.lane.data(), sizeof(x.lane));
}
inline F all(float x) {
  F y;
  y.lane.fill(x);
  return y;
}
inline F add(F a, const F& b) {
  for (int i = 0; i < 16; ++i) a.lane[i] += b.lane[i];
  return a;
}
inline F sub(F a, const F& b) {
  for (int i = 0; i < 16; ++i) a.lane[i] -= b.lane[i];
  return a;
}
inline F mul(F a, const F& b) {
  for (int i = 0; i < 16; ++i) a.lane[i] *= b.lane[i];
  return a;
}
inline F fma(F a, const F& b, const F& c) {
  for (int i = 0; i < 16; ++i) a.lane[i] = std::fma(a.lane[i], b.lane[i], c.lane[i]);
  return a;
}
inline F max_of(F a, const F& b) {
  for (int i = 0; i < 16; ++i) a.lane[i] = a.lane[i] > b.lane[i] ? a.lane[i] : b.lane[i];
  return a;
}
inline F min_of(F a, const F& b) {
  for (int i = 0; i < 16; ++i) a.lane[i] = a.lane[i] < b.lane[i] ? a.lane[i] : b.lane[i];
  return a;
}
inline F absolute(F a) {
  for (float& x : a.lane) x = std::fabs(x);
  return a;
}
inline F nearest(F a) {
  for (float& x : a.lane) x = std::nearbyintf(x);
  return a;
}
inline F power_of_two(F n) {
  for (float& x : n.lane) {
    const std::uint32_t bits = static_cast<std::uint32_t>(static_cast<int>(x) + 127) << 23;
    std::memcpy(&x, &bits, 4);
  }
  return n;
}
inline void store_u8(std::uint8_t* p, const F& x) {
  for (int i = 0; i < 16; ++i) p[i] = quantised_byte(x.lane[i]);
}
inline float sum_of_lanes(const F& x) {
  std::array<float, 16> sum = x.lane;
  for (int half : {8, 4, 2, 1}) {
    for (int i = 0; i < half; ++i) sum[i] += sum[i + half];
  }
  return sum[0];
}
inline float largest_lane(const F& x) {
  return *std::max_element(x.lane.begin(), x.lane.end());
}

#include "importers/text/reader/kernels_float.inl"

void product_int8(const std::uint8_t* a, const float* a_scales, std::size_t m, const PackedInt8& w,
                  Activation activation, float* out, std::size_t out_stride) {
  const std::size_t panels = padded_columns(w.n) / 16;
  for (std::size_t panel = 0; panel < panels; ++panel) {
    const std::size_t group = panel / group_panels * group_panels;
    const std::size_t width = std::min(group_panels, panels - group);
    const std::int8_t* start = w.weights.data() + group * w.k_padded * 16 + (panel - group) * 64;
    const F scale = load(w.scale.data() + panel * 16);
    const F bias = load(w.bias.data() + panel * 16);
    for (std::size_t i = 0; i < m; ++i) {
      std::array<std::int32_t, 16> sum;
      std::copy_n(w.minus_128.data() + panel * 16, 16, sum.begin());
      const std::uint8_t* row = a + i * w.k_padded;
      const std::int8_t* weights = start;
      for (std::size_t k = 0; k < w.k_padded; k += 4, weights += width * 64) {
        for (int c = 0; c < 16; ++c) {
          for (int j = 0; j < 4; ++j) sum[c] += row[k + j] * weights[c * 4 + j];
        }
      }
      F whole;
      for (int c = 0; c < 16; ++c) whole.lane[c] = static_cast<float>(sum[c]);
      store(out + i * out_stride + panel * 16,
            activate(fma(mul(whole, all(a_scales[i])), scale, bias), activation));
    }
  }
}

}  // namespace
}  // namespace plain

namespace detail {
const Kernels plain_kernels = {Isa::plain,           plain::quantise,   plain::product_int8,
                               plain::product_float, plain::layer_norm, plain::attention,
                               plain::softmax,       plain::add_scaled, plain::dot};
}  // namespace detail

std::string_view isa_name(Isa isa) {
  switch (isa) {
    case Isa::avx512_vnni:
      return "AVX-512 VNNI";
    case Isa::avx2:
      return "AVX2";
    case Isa::plain:
      break;
  }
  return "plain";
}

bool is_supported(Isa isa) {
  if (isa == Isa::plain) return true;
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (isa == Isa::avx2) return avx2;
  return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vnni");
#else
  return false;
#endif
}

Isa best_isa() {
  if (is_supported(Isa::avx512_vnni)) return Isa::avx512_vnni;
  if (is_supported(Isa::avx2)) return Isa::avx2;
  return Isa::plain;
}

const Kernels& kernels_for(Isa isa) {
  if (!is_supported(isa)) {
    throw UsageError("this processor lacks " + std::string(isa_name(isa)));
  }
#if defined(__x86_64__)
  if (isa == Isa::avx512_vnni) return detail::avx512_kernels;
  if (isa == Isa::avx2) return detail::avx2_kernels;
#endif
  return detail::plain_kernels;
}

PackedInt8 pack_int8(const std::int8_t* weights, std::size_t n, std::size_t k,
                     std::span<const float> scale, std::span<const float> bias) {
  PackedInt8 packed;
  packed.n = n;
  packed.k = k;
  packed.k_padded = (k + 63) / 64 * 64;
  const std::size_t columns = padded_columns(n);
  const std::size_t panels = columns / 16;
  packed.weights.resize(columns * packed.k_padded);
  std::fill_n(packed.weights.data(), packed.weights.size(), std::int8_t{0});
  packed.scale.resize(columns);
  packed.bias.resize(columns);
  packed.minus_128.resize(columns);
  for (std::size_t j = 0; j < columns; ++j) {
    packed.scale[j] = j < n ? scale[j] : 0.0F;
    packed.bias[j] = j < bias.size() ? bias[j] : 0.0F;
    packed.minus_128[j] = 0;
  }
  for (std::size_t j = 0; j < n; ++j) {
    const std::size_t panel = j / 16;
    const std::size_t group = panel / group_panels * group_panels;
    const std::size_t width = std::min(group_panels, panels - group);
    std::int8_t* target =
        packed.weights.data() + group * packed.k_padded * 16 + (panel - group) * 64 + (j % 16) * 4;
    const std::int8_t* row = weights + j * k;
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < k; ++i) {
      target[i / 4 * width * 64 + i % 4] = row[i];
      sum += row[i];
    }
    packed.minus_128[j] = -128 * sum;
  }
  return packed;
}

void repack_float(const float* weights, std::size_t row_stride, std::size_t n, std::size_t k,
                  PackedFloat& packed) {
  packed.n = n;
  packed.k = k;
  const std::size_t columns = padded_columns(n);
  packed.weights.resize(columns * k);
  packed.bias.resize(columns);
  std::fill_n(packed.bias.data(), columns, 0.0F);
  for (std::size_t panel = 0; panel < columns / 16; ++panel) {
    float* target = packed.weights.data() + panel * k * 16;
    for (std::size_t i = 0; i < k; ++i) {
      for (std::size_t c = 0; c < 16; ++c) {
        const std::size_t j = panel * 16 + c;
        target[i * 16 + c] = j < n ? weights[j * row_stride + i] : 0.0F;
      }
    }
  }
}

PackedFloat pack_float(const float* weights, std::size_t n, std::size_t k,
                       std::span<const float> bias) {
  PackedFloat packed;
  repack_float(weights, k, n, k, packed);
  std::copy(bias.begin(), bias.end(), packed.bias.data());
  return packed;
}

}  // namespace relata::text
