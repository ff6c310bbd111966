#include "importers/text/reader/encoder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace relata::text {

namespace {

/// Rows that go through the feed-forward part together, so that its wide rows stay in the cache.
constexpr std::size_t block_rows = 96;

}  // namespace

void EncoderInput::clear() {
  pieces.clear();
  shapes.clear();
  starts.clear();
  word_rows.clear();
  word_shapes.clear();
}

Encoder::Norm Encoder::load_norm(ModelFile& file, const std::string& name, std::size_t width) {
  return {file.floats(name + ".w", {width}), file.floats(name + ".b", {width})};
}

Encoder::Encoder(ModelFile& file, const EncoderConfig& config) : config_(config) {
  const std::size_t width = config.width;
  word_embeddings_ = file.i8("emb.word", {config.vocabulary, width});
  word_scales_ = file.floats("emb.word.scale", {config.vocabulary});
  positions_ = file.floats("emb.pos", {config.positions, width});
  const std::vector<float> segment = file.floats("emb.type", {width});
  for (std::size_t i = 0; i < positions_.size(); ++i) positions_[i] += segment[i % width];
  embedding_norm_ = load_norm(file, "emb.ln", width);
  shape_in_ = file.floats("shape.in", {config.shapes, width});
  shape_out_ = file.floats("shape.out", {config.groups, config.shapes, width});
  layer_weights_ = file.floats("mix", {config.groups, config.layers + 1});
  for (std::size_t g = 0; g < config.groups; ++g) {
    const auto begin =
        layer_weights_.begin() + static_cast<std::ptrdiff_t>(g * (config.layers + 1));
    const auto end = begin + static_cast<std::ptrdiff_t>(config.layers + 1);
    const float top = *std::max_element(begin, end);
    // In double precision, so that libraries whose last bits differ round to the same floats.
    double total = 0;
    for (auto w = begin; w != end; ++w) total += std::exp(static_cast<double>(*w) - top);
    for (auto w = begin; w != end; ++w) {
      *w = static_cast<float>(std::exp(static_cast<double>(*w) - top) / total);
    }
  }
  for (std::size_t i = 0; i < config.layers; ++i) {
    const std::string name = "layer." + std::to_string(i) + ".";
    const std::array<Linear::Part, 3> qkv = {{{name + "q", name + "q.bias", width},
                                              {name + "k", name + "k.bias", width},
                                              {name + "v", name + "v.bias", width}}};
    layers_.push_back({Linear::load(file, qkv, width),
                       Linear::load(file, {name + "o", name + "o.bias", width}, width),
                       Linear::load(file, {name + "ff1", name + "ff1.bias", config.hidden}, width),
                       Linear::load(file, {name + "ff2", name + "ff2.bias", width}, config.hidden),
                       load_norm(file, name + "ln1", width), load_norm(file, name + "ln2", width)});
  }
}

void Encoder::run(const Kernels& kernels, const EncoderInput& input,
                  EncoderWorkspace& workspace) const {
  const std::size_t width = config_.width;
  workspace.x.resize(input.pieces.size() * width);
  workspace.context.resize(input.pieces.size() * width);
  workspace.wide.resize(std::max(input.pieces.size() * 3 * width, block_rows * config_.hidden));
  workspace.vectors.resize(config_.groups);
  embed(kernels, input, workspace);
  for (std::size_t g = 0; g < config_.groups; ++g) {
    AlignedBuffer<float>& vectors = workspace.vectors[g];
    vectors.resize(input.word_rows.size() * width);
    for (std::size_t i = 0; i < input.word_rows.size(); ++i) {
      const float* shape = shape_out_.data() + (g * config_.shapes + input.word_shapes[i]) * width;
      std::copy_n(shape, width, vectors.data() + i * width);
    }
  }
  mix(kernels, 0, input, workspace);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    run_layer(kernels, layers_[i], input, workspace);
    mix(kernels, i + 1, input, workspace);
  }
}

void Encoder::embed(const Kernels& kernels, const EncoderInput& input,
                    EncoderWorkspace& workspace) const {
  const std::size_t width = config_.width;
  std::size_t sequence = 0;
  for (std::size_t i = 0; i < input.pieces.size(); ++i) {
    while (sequence + 1 < input.starts.size() && input.starts[sequence + 1] <= i) ++sequence;
    const std::size_t piece = input.pieces[i];
    const std::int8_t* word = word_embeddings_.data() + piece * width;
    const float scale = word_scales_[piece];
    const float* position = positions_.data() + (i - input.starts[sequence]) * width;
    float* row = workspace.x.data() + i * width;
    for (std::size_t j = 0; j < width; ++j) {
      row[j] = static_cast<float>(word[j]) * scale + position[j];
    }
  }
  kernels.layer_norm(workspace.x.data(), nullptr, input.pieces.size(), width,
                     embedding_norm_.weight.data(), embedding_norm_.bias.data(), config_.epsilon,
                     workspace.x.data());
  for (std::size_t i = 0; i < input.pieces.size(); ++i) {
    kernels.add_scaled(shape_in_.data() + input.shapes[i] * width, 1.0F, width,
                       workspace.x.data() + i * width);
  }
}

void Encoder::run_layer(const Kernels& kernels, const Layer& layer, const EncoderInput& input,
                        EncoderWorkspace& workspace) const {
  const std::size_t width = config_.width;
  const std::size_t rows = input.pieces.size();
  const std::size_t head_width = width / config_.heads;
  float* x = workspace.x.data();
  float* qkv = workspace.wide.data();
  layer.query_key_value.apply(kernels, x, width, rows, Activation::none, qkv, 3 * width,
                              workspace.quantised);
  for (std::size_t s = 0; s < input.starts.size(); ++s) {
    const std::size_t start = input.starts[s];
    const std::size_t end = s + 1 < input.starts.size() ? input.starts[s + 1] : rows;
    workspace.scratch.resize(attention_scratch(end - start, head_width));
    kernels.attention(qkv + start * 3 * width, end - start, config_.heads, head_width,
                      workspace.context.data() + start * width, workspace.scratch.data());
  }
  float* output = workspace.wide.data();
  layer.output.apply(kernels, workspace.context.data(), width, rows, Activation::none, output,
                     width, workspace.quantised);
  kernels.layer_norm(x, output, rows, width, layer.attention_norm.weight.data(),
                     layer.attention_norm.bias.data(), config_.epsilon, x);
  for (std::size_t start = 0; start < rows; start += block_rows) {
    const std::size_t m = std::min(block_rows, rows - start);
    float* block = x + start * width;
    layer.up.apply(kernels, block, width, m, Activation::gelu, workspace.wide.data(),
                   config_.hidden, workspace.quantised);
    layer.down.apply(kernels, workspace.wide.data(), config_.hidden, m, Activation::none,
                     workspace.context.data(), width, workspace.quantised);
    kernels.layer_norm(block, workspace.context.data(), m, width, layer.norm.weight.data(),
                       layer.norm.bias.data(), config_.epsilon, block);
  }
}

void Encoder::mix(const Kernels& kernels, std::size_t depth, const EncoderInput& input,
                  EncoderWorkspace& workspace) const {
  const std::size_t width = config_.width;
  for (std::size_t g = 0; g < config_.groups; ++g) {
    const float weight = layer_weights_[g * (config_.layers + 1) + depth];
    for (std::size_t i = 0; i < input.word_rows.size(); ++i) {
      kernels.add_scaled(workspace.x.data() + input.word_rows[i] * width, weight, width,
                         workspace.vectors[g].data() + i * width);
    }
  }
}

}  // namespace relata::text
