#pragma once
// Lists of known names (given names, cities, countries, companies ...) that the model file carries
// as hashes of their words, and which of them the words of a sentence are in. A name tagger adds
// learned weights for each list (docs/model_format.md). Immutable after construction, usable from
// any thread; the hashes are read from the model file's mapping, which must outlive the lists.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "importers/text/reader/model_file.h"

namespace relata::text {

class NameLists final {
 public:
  /// Most lists that a file may have: their marks are bits.
  static constexpr std::size_t most_lists = 8;
  /// Most words of a name.
  static constexpr std::size_t most_words = 6;

  /// Reads `lists.names`, `lists.hashes` and `lists.masks`. Throws InputError.
  explicit NameLists(ModelFile& file);

  /// Number of lists.
  [[nodiscard]] std::size_t size() const { return lists_; }

  /// Marks each word of a sentence: bit i tells that the word alone is in list i, bit
  /// most_lists + i that it is part of a longer name of list i. Names begin with a capital in the
  /// text, its other letters do not matter; of those that begin with a word the longest counts.
  /// Cost: up to most_words look-ups for each word in capitals.
  /// REQUIRES: marks.size() == words.size().
  void mark(std::span<const std::string_view> words, std::span<std::uint16_t> marks) const;

  /// Hash of a name's words: FNV-1a of their bytes with a space between them, letters A-Z as a-z.
  static std::uint32_t hash(std::span<const std::string_view> words);

 private:
  [[nodiscard]] std::uint8_t lists_of(std::uint32_t hash) const;

  std::size_t lists_ = 0;
  std::span<const std::uint32_t> hashes_;  // ascending
  std::span<const std::uint8_t> masks_;
};

}  // namespace relata::text
