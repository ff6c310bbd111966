#pragma once
// The arithmetic of the reader: 8-bit and float matrix products, layer normalisation, attention and
// the activation functions, each in three versions (AVX-512 VNNI, AVX2, plain C++) behind one table
// of functions chosen at run time.
//
// All versions give the same bits. Integer products are exact. Float code works on sixteen lanes in
// every version, adds in one fixed order, fuses exactly where `fma` is written and nowhere else
// (the files are compiled with -ffp-contract=off). No row's result depends on the other rows of a
// call.
//
// Tables are immutable and may be used from any thread; functions write only to their outputs.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "importers/text/reader/aligned.h"

namespace relata::text {

/// Instruction sets with kernels of their own.
enum class Isa { plain, avx2, avx512_vnni };

/// "plain", "AVX2", "AVX-512 VNNI".
std::string_view isa_name(Isa isa);
/// The fastest one that this processor runs.
Isa best_isa();
/// Whether this processor runs that one.
bool is_supported(Isa isa);

/// What a matrix product does with each element before it stores it.
enum class Activation { none, relu, gelu };

/// Columns that one packed panel holds.
inline constexpr std::size_t panel_columns = 16;
/// Panels that stand side by side in a group of an 8-bit matrix.
inline constexpr std::size_t group_panels = 4;

/// `n` rounded up to a whole number of panels: the row length that products write.
constexpr std::size_t padded_columns(std::size_t n) {
  return (n + panel_columns - 1) / panel_columns * panel_columns;
}

/// Weights of an 8-bit linear layer, packed for the kernels.
///
/// Layout of `weights`: groups of up to four panels of 16 output columns; in a group, for each four
/// inputs k..k+3, the panels one after the other, each 16 columns x 4 inputs. Columns beyond `n`
/// and inputs beyond `k` are zero.
struct PackedInt8 {
  std::size_t n = 0;         ///< outputs
  std::size_t k = 0;         ///< inputs
  std::size_t k_padded = 0;  ///< inputs, rounded up to a multiple of 64
  AlignedBuffer<std::int8_t> weights;
  AlignedBuffer<float> scale;             ///< a column's scale, padded with zero
  AlignedBuffer<float> bias;              ///< padded with zero
  AlignedBuffer<std::int32_t> minus_128;  ///< -128 x the sum of the column's weights
};

/// Weights of a float linear layer: panels of 16 output columns, each k rows of 16.
struct PackedFloat {
  std::size_t n = 0;
  std::size_t k = 0;
  AlignedBuffer<float> weights;
  AlignedBuffer<float> bias;
};

/// Packs a row-major [n, k] int8 matrix with one scale a row; `bias` may be empty (zero).
PackedInt8 pack_int8(const std::int8_t* weights, std::size_t n, std::size_t k,
                     std::span<const float> scale, std::span<const float> bias);

/// Packs a row-major [n, k] float matrix; `bias` may be empty (zero).
PackedFloat pack_float(const float* weights, std::size_t n, std::size_t k,
                       std::span<const float> bias);

/// Packs into `packed` again, keeping its memory; rows of `weights` are `row_stride` apart.
void repack_float(const float* weights, std::size_t row_stride, std::size_t n, std::size_t k,
                  PackedFloat& packed);

/// One version of the kernels. Row strides count elements.
struct Kernels {
  Isa isa = Isa::plain;

  /// Quantises each row of `x` [m, k] symmetrically to 8 bits: scale = max|x| / 127, q = round to
  /// nearest even of x / scale, stored as q + 128. Fills `out` [m, k_padded] (128 beyond k) and
  /// `scales` [m]; a row of zeros has scale 0.
  void (*quantise)(const float* x, std::size_t x_stride, std::size_t m, std::size_t k,
                   std::size_t k_padded, std::uint8_t* out, float* scales) = nullptr;

  /// out[i][j] = activation(fma(sum_k q[i][k] w[j][k] * a_scales[i], w.scale[j], w.bias[j])), with
  /// `a` as `quantise` writes it. Writes padded_columns(w.n) columns.
  void (*product_int8)(const std::uint8_t* a, const float* a_scales, std::size_t m,
                       const PackedInt8& w, Activation activation, float* out,
                       std::size_t out_stride) = nullptr;

  /// out[i][j] = activation(w.bias[j] + sum_k a[i][k] w[j][k]), one fused step for each k in order.
  /// Writes padded_columns(w.n) columns.
  void (*product_float)(const float* a, std::size_t a_stride, std::size_t m, const PackedFloat& w,
                        Activation activation, float* out, std::size_t out_stride) = nullptr;

  /// Layer normalisation of x + residual over rows of n (a multiple of 16); `residual` may be null,
  /// `out` may be `x`.
  void (*layer_norm)(const float* x, const float* residual, std::size_t m, std::size_t n,
                     const float* weight, const float* bias, float epsilon, float* out) = nullptr;

  /// Self-attention over one sequence. `qkv` holds rows of queries, keys and values side by side,
  /// each heads * head_width wide (head_width a multiple of 32); `out` gets rows of
  /// heads * head_width. `scratch` needs attention_scratch(length, head_width) floats.
  void (*attention)(const float* qkv, std::size_t length, std::size_t heads, std::size_t head_width,
                    float* out, float* scratch) = nullptr;

  /// Multiplies by `inverse_temperature`, then turns each row of x [m, n] into probabilities.
  /// Columns n.. up to padded_columns(n) become zero; rows must have room for them.
  void (*softmax)(float* x, std::size_t stride, std::size_t m, std::size_t n,
                  float inverse_temperature) = nullptr;

  /// y[i] = fma(factor, x[i], y[i]) for n elements, n a multiple of 16.
  void (*add_scaled)(const float* x, float factor, std::size_t n, float* y) = nullptr;

  /// Sum of a[i] b[i] for n elements, n a multiple of 16.
  float (*dot)(const float* a, const float* b, std::size_t n) = nullptr;
};

/// Floats of scratch memory that `Kernels::attention` needs.
constexpr std::size_t attention_scratch(std::size_t length, std::size_t head_width) {
  return padded_columns(length) * (head_width + 8);
}

/// The kernels for `isa`; falls to nothing silently: asking for an unsupported one throws
/// UsageError.
const Kernels& kernels_for(Isa isa);

namespace detail {
extern const Kernels plain_kernels;
#if defined(__x86_64__)
extern const Kernels avx2_kernels;
extern const Kernels avx512_kernels;
#endif
}  // namespace detail

}  // namespace relata::text
