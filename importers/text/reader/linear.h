#pragma once
// One linear layer of the network, in 8 bits or in float as its section in the model file says, and
// the scratch memory that running the network needs. A Linear is immutable and shared by threads; a
// QuantisedRows belongs to one.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "importers/text/reader/aligned.h"
#include "importers/text/reader/kernels.h"
#include "importers/text/reader/model_file.h"

namespace relata::text {

/// Rows of activations as the 8-bit kernels want them.
struct QuantisedRows {
  AlignedBuffer<std::uint8_t> values;
  AlignedBuffer<float> scales;
  std::size_t rows = 0;
  std::size_t k_padded = 0;

  void assign(const Kernels& kernels, const float* x, std::size_t stride, std::size_t m,
              std::size_t k);
};

/// y = activation(W x + b) for the rows of a matrix.
class Linear final {
 public:
  /// Names the sections of one [n, k] matrix; `bias` may be empty for none. 8-bit weights have
  /// their scales in `weight` + ".scale".
  struct Part {
    std::string weight;
    std::string bias;
    std::size_t n = 0;
  };

  /// Reads the parts and stacks them: outputs of the first come first. All parts must have the same
  /// element type. Throws InputError.
  static Linear load(ModelFile& file, std::span<const Part> parts, std::size_t k);
  /// The same for a single matrix.
  static Linear load(ModelFile& file, const Part& part, std::size_t k);
  /// A float layer without bias from weights [n, k] in memory.
  static Linear from_floats(std::span<const float> weights, std::size_t n, std::size_t k);

  [[nodiscard]] std::size_t outputs() const;
  [[nodiscard]] std::size_t inputs() const;
  /// Columns that `apply` writes: outputs() rounded up to whole panels.
  [[nodiscard]] std::size_t stride() const { return padded_columns(outputs()); }

  /// For m rows of x; writes m rows of `out`, `out_stride` >= stride() apart. `scratch` gets the
  /// quantised rows when the layer is in 8 bits.
  void apply(const Kernels& kernels, const float* x, std::size_t x_stride, std::size_t m,
             Activation activation, float* out, std::size_t out_stride,
             QuantisedRows& scratch) const;
  /// The same for rows whose 8-bit form `quantised` is already there.
  void apply(const Kernels& kernels, const float* x, std::size_t x_stride,
             const QuantisedRows& quantised, Activation activation, float* out,
             std::size_t out_stride) const;

 private:
  std::variant<PackedInt8, PackedFloat> weights_;
};

}  // namespace relata::text
