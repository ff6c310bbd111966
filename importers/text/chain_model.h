#pragma once
// The weights of coreference: which dependents belong to a mention, and how well an earlier mention
// fits as its antecedent. Read from models/coreference.rcm (docs/coreference.md); immutable, used
// from any number of threads. One hidden layer of rectified units over sparse binary features,
// whose sums of rows are kept apart so that what belongs to one mention is summed once.

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "importers/text/document.h"
#include "importers/text/feature_hash.h"
#include "importers/text/syntax.h"
#include "importers/text/word_similarity.h"

namespace relata::text {

class ChainModel final {
 public:
  static constexpr unsigned extent_bits = 13;
  static constexpr unsigned rank_bits = 16;
  static constexpr std::size_t width = 48;  ///< of the hidden layer
  using Hidden = std::array<float, width>;

  /// Reads the file at `path`. Throws FileError when it cannot be read, InputError when it is
  /// damaged or something else.
  static ChainModel load(const std::string& path);
  /// For training, before there are weights: a mention takes in the dependents that noun phrases
  /// usually have, and nothing can be scored.
  static ChainModel untrained() { return ChainModel(); }

  /// The noun phrase of `head`.
  [[nodiscard]] TokenSpan extent(const SyntaxView& tree, std::int32_t head) const;

  [[nodiscard]] const WordSimilarity& words() const { return words_; }

  /// What a head word's vector is multiplied by: as anaphor, as something new, as antecedent.
  enum class Side : std::uint8_t { anaphor, newness, antecedent };

  /// The sum of the rows of `features`.
  [[nodiscard]] Hidden sum(const FeatureList& features) const;
  /// Adds what the word in `row` of words() contributes; nothing for -1.
  void add_word(std::int32_t row, Side side, Hidden& sum) const;
  /// How well an antecedent fits, from the sums for anaphor, antecedent and pair.
  [[nodiscard]] float antecedent_score(const Hidden& anaphor, const Hidden& antecedent,
                                       const Hidden& pair) const;
  /// How well a mention goes without an antecedent.
  [[nodiscard]] float new_score(const Hidden& newness) const;

 private:
  ChainModel() = default;

  std::vector<float> extent_;  ///< 2^extent_bits weights, then the bias; empty when untrained
  std::vector<float> rank_;    ///< 2^rank_bits rows
  WordSimilarity words_;
  std::array<std::vector<float>, 3> word_weights_;  ///< by side: [words().width, width]
  Hidden bias_{};
  Hidden new_bias_{};
  Hidden out_{};
  Hidden new_out_{};
};

}  // namespace relata::text
