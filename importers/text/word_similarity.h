#pragma once
// How near two words are in meaning: a table of unit vectors of common words, made from the
// reader's word embeddings (training/coreference). Immutable, usable from any number of threads; a
// look-up is a binary search, a comparison 64 products.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace relata::text {

class ModelFile;

class WordSimilarity final {
 public:
  static constexpr std::size_t width = 64;
  /// What a component of 1 is in the table.
  static constexpr float unit = 254;

  /// A table without words, as which every word is unknown.
  WordSimilarity() = default;
  /// Takes sections `words` (one a line, lower case) and `words.vectors` of `file`.
  explicit WordSimilarity(ModelFile& file);

  /// Row of the word with that word_hash(); -1 when the table does not have it.
  [[nodiscard]] std::int32_t row(std::uint32_t hash) const;
  /// Cosine of two rows; `row`s of -1 are not allowed.
  [[nodiscard]] float cosine(std::int32_t left, std::int32_t right) const;
  [[nodiscard]] const std::int8_t* vector(std::int32_t row) const {
    return vectors_.data() + static_cast<std::size_t>(row) * width;
  }
  /// How much nearer a word is to "she", "her", "woman" than to "he", "his", "man"; -1..1 or so.
  [[nodiscard]] float femininity(std::int32_t row) const;
  /// Where a given name leans on the line from "he", "father", "John" to "she", "mother", "Mary";
  /// -1..1, beyond 0.08 either way surely a name of that gender.
  [[nodiscard]] float leaning(std::int32_t row) const;

 private:
  void make_axis();

  struct Entry {
    std::uint32_t hash;
    std::int32_t row;
  };
  std::vector<Entry> index_;  ///< by hash
  std::vector<std::int8_t> vectors_;
  std::array<std::int32_t, 3> female_{-1, -1, -1};
  std::array<std::int32_t, 3> male_{-1, -1, -1};
  std::array<std::int32_t, width> axis_{};  ///< from male to female words
  float axis_length_ = 1;
};

}  // namespace relata::text
