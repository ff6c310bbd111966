#pragma once
// The shared encoder: a BERT of word pieces with word shapes added, giving one vector for each word
// and mix group (docs/model_format.md). Sequences of a batch stand one after the other without
// padding; attention looks at one sequence at a time and all else at one row at a time, so no
// vector depends on what else is in the batch. An Encoder is immutable after construction and used
// from several threads, each with an EncoderWorkspace of its own. Word embeddings are read from the
// model file's mapping, which must outlive the encoder.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "importers/text/reader/aligned.h"
#include "importers/text/reader/linear.h"

namespace relata::text {

/// Sizes of the network, from the model file's `config` section.
struct EncoderConfig {
  std::size_t layers = 0;
  std::size_t width = 0;
  std::size_t heads = 0;
  std::size_t hidden = 0;  ///< of the feed-forward layers
  std::size_t vocabulary = 0;
  std::size_t positions = 0;  ///< longest sequence, marks included
  std::size_t shapes = 0;
  std::size_t groups = 0;  ///< mixes of the layers' outputs
  float epsilon = 0;       ///< of layer normalisation
};

/// Sequences to encode.
struct EncoderInput {
  std::vector<std::uint32_t> pieces;      ///< of all sequences, marks included
  std::vector<std::uint8_t> shapes;       ///< one for each piece
  std::vector<std::size_t> starts;        ///< first piece of each sequence
  std::vector<std::uint32_t> word_rows;   ///< pieces whose vectors are wanted, ascending
  std::vector<std::uint8_t> word_shapes;  ///< one for each of these

  void clear();
};

/// Memory that one thread needs to run the encoder; grows to the largest batch.
struct EncoderWorkspace {
  AlignedBuffer<float> x;
  AlignedBuffer<float> wide;
  AlignedBuffer<float> context;
  AlignedBuffer<float> scratch;
  QuantisedRows quantised;
  std::vector<AlignedBuffer<float>> vectors;  ///< by group: [words, width]
};

class Encoder final {
 public:
  /// Reads its sections; throws InputError when shapes do not agree with `config`.
  Encoder(ModelFile& file, const EncoderConfig& config);

  [[nodiscard]] const EncoderConfig& config() const { return config_; }

  /// Fills `workspace.vectors` for the words of `input`.
  /// REQUIRES: piece ids and shapes are in range, no sequence is longer than config().positions.
  void run(const Kernels& kernels, const EncoderInput& input, EncoderWorkspace& workspace) const;

 private:
  struct Norm {
    std::vector<float> weight;
    std::vector<float> bias;
  };
  struct Layer {
    Linear query_key_value;
    Linear output;
    Linear up;
    Linear down;
    Norm attention_norm;
    Norm norm;
  };
  static Norm load_norm(ModelFile& file, const std::string& name, std::size_t width);
  void embed(const Kernels& kernels, const EncoderInput& input, EncoderWorkspace& workspace) const;
  void run_layer(const Kernels& kernels, const Layer& layer, const EncoderInput& input,
                 EncoderWorkspace& workspace) const;
  void mix(const Kernels& kernels, std::size_t depth, const EncoderInput& input,
           EncoderWorkspace& workspace) const;

  EncoderConfig config_;
  std::span<const std::int8_t> word_embeddings_;
  std::vector<float> word_scales_;
  std::vector<float> positions_;  // with the segment's embedding added
  Norm embedding_norm_;
  std::vector<float> shape_in_;
  std::vector<float> shape_out_;      // [groups, shapes, width]
  std::vector<float> layer_weights_;  // [groups, layers + 1], adds up to 1
  std::vector<Layer> layers_;
};

}  // namespace relata::text
