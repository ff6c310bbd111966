#include "importers/text/reader/linear.h"

#include <cmath>
#include <utility>

namespace relata::text {

void QuantisedRows::assign(const Kernels& kernels, const float* x, std::size_t stride,
                           std::size_t m, std::size_t k) {
  rows = m;
  k_padded = (k + 63) / 64 * 64;
  values.resize(m * k_padded);
  scales.resize(m);
  kernels.quantise(x, stride, m, k, k_padded, values.data(), scales.data());
}

Linear Linear::load(ModelFile& file, std::span<const Part> parts, std::size_t k) {
  Linear layer;
  std::size_t n = 0;
  for (const Part& part : parts) n += part.n;
  std::vector<float> bias;
  bias.reserve(n);
  for (const Part& part : parts) {
    if (part.bias.empty()) {
      bias.resize(bias.size() + part.n, 0.0F);
    } else {
      const std::vector<float> values = file.floats(part.bias, {part.n});
      bias.insert(bias.end(), values.begin(), values.end());
    }
  }
  const Dtype dtype =
      file.section(parts[0].weight, {Dtype::i8, Dtype::f32, Dtype::f16}, {parts[0].n, k}).dtype;
  if (dtype == Dtype::i8) {
    std::vector<float> scale;
    std::vector<std::int8_t> stacked;
    for (const Part& part : parts) {
      const auto values = file.i8(part.weight, {part.n, k});
      const std::vector<float> scales = file.floats(part.weight + ".scale", {part.n});
      scale.insert(scale.end(), scales.begin(), scales.end());
      if (parts.size() == 1) {
        layer.weights_ = pack_int8(values.data(), n, k, scale, bias);
        return layer;
      }
      stacked.insert(stacked.end(), values.begin(), values.end());
    }
    layer.weights_ = pack_int8(stacked.data(), n, k, scale, bias);
    return layer;
  }
  std::vector<float> stacked;
  for (const Part& part : parts) {
    const std::vector<float> values = file.floats(part.weight, {part.n, k});
    stacked.insert(stacked.end(), values.begin(), values.end());
  }
  layer.weights_ = pack_float(stacked.data(), n, k, bias);
  return layer;
}

Linear Linear::load(ModelFile& file, const Part& part, std::size_t k) {
  return load(file, std::span(&part, 1), k);
}

Linear Linear::from_floats(std::span<const float> weights, std::size_t n, std::size_t k) {
  Linear layer;
  layer.weights_ = pack_float(weights.data(), n, k, {});
  return layer;
}

std::size_t Linear::outputs() const {
  return std::visit([](const auto& weights) { return weights.n; }, weights_);
}

std::size_t Linear::inputs() const {
  return std::visit([](const auto& weights) { return weights.k; }, weights_);
}

void Linear::apply(const Kernels& kernels, const float* x, std::size_t x_stride, std::size_t m,
                   Activation activation, float* out, std::size_t out_stride,
                   QuantisedRows& scratch) const {
  if (std::holds_alternative<PackedInt8>(weights_)) {
    scratch.assign(kernels, x, x_stride, m, inputs());
  } else {
    scratch.rows = m;
  }
  apply(kernels, x, x_stride, scratch, activation, out, out_stride);
}

void Linear::apply(const Kernels& kernels, const float* x, std::size_t x_stride,
                   const QuantisedRows& quantised, Activation activation, float* out,
                   std::size_t out_stride) const {
  if (const auto* packed = std::get_if<PackedInt8>(&weights_)) {
    kernels.product_int8(quantised.values.data(), quantised.scales.data(), quantised.rows, *packed,
                         activation, out, out_stride);
  } else {
    kernels.product_float(x, x_stride, quantised.rows, std::get<PackedFloat>(weights_), activation,
                          out, out_stride);
  }
}

}  // namespace relata::text
