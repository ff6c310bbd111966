#pragma once
// The small networks on top of the encoder's word vectors: taggers, pairs of words (tree,
// relations, arguments) and rolesets. They only score; decoding is elsewhere. Immutable after
// construction and usable from several threads, each with a HeadWorkspace of its own. The shapes of
// sections are in docs/model_format.md.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "importers/text/reader/aligned.h"
#include "importers/text/reader/linear.h"

namespace relata::text {

/// Scores of rows, `stride` apart.
struct Scores {
  AlignedBuffer<float> values;
  std::size_t stride = 0;

  [[nodiscard]] float* row(std::size_t i) { return values.data() + i * stride; }
  [[nodiscard]] const float* row(std::size_t i) const { return values.data() + i * stride; }
};

/// Memory for one thread's use of the heads.
struct HeadWorkspace {
  AlignedBuffer<float> hidden;
  AlignedBuffer<float> windows;
  AlignedBuffer<float> product;
  Scores expanded;
  QuantisedRows quantised;
  PackedFloat packed;
};

/// Word vectors of one mix group: `rows` rows of `width`, with their 8-bit form made once for all
/// heads that want it.
struct WordVectors {
  const float* values = nullptr;
  std::size_t rows = 0;
  std::size_t width = 0;
  QuantisedRows quantised;
  std::vector<std::uint32_t> starts;     ///< rows of the sequences' roots, ascending, the first 0
  std::span<const std::uint16_t> marks;  ///< of NameLists, by row; empty without lists
};

/// Labels of one word, from its vector: linear, or with one hidden layer of rectified units, or
/// with a second one that also sees the first one's units of the words to both sides. Lists of
/// names that a word is in may add to the first hidden layer.
class Tagger final {
 public:
  /// Reads `name`'s sections. `hidden`: width of the hidden layer, 0 for none; `width`: of word
  /// vectors. The layer over neighbours is there when the file has section `name` + ".w3", weights
  /// of lists with `name` + ".lists".
  Tagger(ModelFile& file, const std::string& name, std::size_t group, std::size_t hidden,
         std::size_t width, float temperature);

  [[nodiscard]] const std::vector<std::string>& labels() const { return labels_; }
  [[nodiscard]] std::size_t group() const { return group_; }
  /// What scores are multiplied by to become calibrated logits.
  [[nodiscard]] float inverse_temperature() const { return inverse_temperature_; }

  /// Scores of all labels for all rows of `words`.
  void score(const Kernels& kernels, const WordVectors& words, HeadWorkspace& workspace,
             Scores& scores) const;

 private:
  /// Adds the weights of each row's lists to workspace.hidden and rectifies it.
  void add_lists(const Kernels& kernels, const WordVectors& words, HeadWorkspace& workspace) const;
  /// Adds to each row of workspace.hidden what the layer over neighbours makes of it.
  void look_around(const Kernels& kernels, const WordVectors& words,
                   HeadWorkspace& workspace) const;

  std::vector<std::string> labels_;
  std::size_t group_;
  float inverse_temperature_;
  std::optional<Linear> first_;
  std::optional<Linear> around_;
  std::vector<float> list_weights_;  // [2 * NameLists::most_lists, stride of first_]; empty: none
  Linear last_;
};

/// Scores of labelled pairs of words, [left; 1]^T U_l [right; 1], where left and right are
/// rectified projections of the word vectors (Dozat and Manning 2017).
class Biaffine final {
 public:
  /// Reads `name`'s sections; `labels` matrices of (size + 1)^2.
  Biaffine(ModelFile& file, const std::string& name, const std::string& left,
           const std::string& right, std::size_t size, std::size_t labels, std::size_t group,
           std::size_t width, float temperature);

  [[nodiscard]] std::size_t group() const { return group_; }
  [[nodiscard]] float inverse_temperature() const { return inverse_temperature_; }

  /// Projections of all words, with the constant 1 appended.
  struct Projections {
    Scores left;
    Scores right;
  };
  void project(const Kernels& kernels, const WordVectors& words, Projections& projections) const;

  /// With one label: scores[i][j] of all pairs (left first + i, right first + j), count x count.
  void score_square(const Kernels& kernels, const Projections& projections, std::size_t first,
                    std::size_t count, HeadWorkspace& workspace, Scores& scores) const;

  /// Scores of all labels for the pairs (left[k], right[k]), one row a pair.
  void score_pairs(const Kernels& kernels, const Projections& projections,
                   std::span<const std::uint32_t> left, std::span<const std::uint32_t> right,
                   HeadWorkspace& workspace, Scores& scores) const;

  /// The products [left; 1]^T U_l of all labels for the rows `left`, one row each, for score_row().
  void expand(const Kernels& kernels, const Projections& projections,
              std::span<const std::uint32_t> left, HeadWorkspace& workspace,
              Scores& expanded) const;

  /// Scores of all labels for one row of expand() with each of the `count` rights from `first` on,
  /// one row a pair.
  void score_row(const Kernels& kernels, const Projections& projections, const float* expanded,
                 std::size_t first, std::size_t count, HeadWorkspace& workspace,
                 Scores& scores) const;

 private:
  std::size_t size_;          // of a projection with its 1
  std::size_t label_stride_;  // columns of one label in `u_`
  std::size_t labels_;
  std::size_t group_;
  float inverse_temperature_;
  Linear left_;
  Linear right_;
  PackedFloat u_;  // [labels * label_stride, size]
};

/// Which sense a predicate has, among those that its lemma may have.
class Rolesets final {
 public:
  /// `size`: of an embedding; `width`: of word vectors.
  Rolesets(ModelFile& file, std::size_t group, std::size_t size, std::size_t width,
           float temperature);

  [[nodiscard]] std::size_t group() const { return group_; }
  [[nodiscard]] const std::string& name(std::size_t roleset) const { return names_[roleset]; }
  [[nodiscard]] std::size_t size() const { return names_.size(); }
  /// Rolesets that a lemma in lower case may have; empty when it is not known.
  [[nodiscard]] std::span<const std::uint32_t> candidates(std::string_view lemma) const;

  struct Choice {
    std::size_t roleset = 0;
    float probability = 0;  ///< among the candidates
  };
  /// The best of `candidates` (not empty) for row `row` of `words`.
  [[nodiscard]] Choice choose(const Kernels& kernels, const WordVectors& words, std::size_t row,
                              std::span<const std::uint32_t> candidates,
                              HeadWorkspace& workspace) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::size_t group_;
  float inverse_temperature_;
  Linear query_;
  std::span<const std::int8_t> embeddings_;
  std::vector<float> scales_;
  std::vector<float> bias_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::vector<std::uint32_t>, Hash, std::equal_to<>> lemmas_;
};

}  // namespace relata::text
