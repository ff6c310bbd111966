#pragma once
// Folding of names for look-up: without case, diacritics and punctuation, other scripts spelt in
// Latin letters, so that "kim jong un" finds "Kim Jong-un" and "Zelensky" comes near "Зеленський".
// Uses ICU's transforms "Any-Latin" and "Latin-ASCII" (Unicode CLDR) after compatibility
// decomposition.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace relata {

/// Folds names. Holds ICU's transform, made at the first name that is not plain ASCII; use one
/// folder a thread. Cost: O(length); about 20 ns for a short ASCII name, 2 us for another one.
class NameFolder final {
 public:
  NameFolder();
  ~NameFolder();
  NameFolder(NameFolder&&) noexcept;
  NameFolder& operator=(NameFolder&&) noexcept;
  NameFolder(const NameFolder&) = delete;
  NameFolder& operator=(const NameFolder&) = delete;

  /// `name` in lower-case letters and digits with single blanks between its words; apostrophes and
  /// full stops within a word vanish ("U.S." is "us"), other punctuation parts words. Letters that
  /// have no Latin spelling stay as they are. Bytes that are not UTF-8 count as punctuation.
  /// Folding a folded name changes nothing.
  [[nodiscard]] std::string fold(std::string_view name);

 private:
  struct Transform;
  std::unique_ptr<Transform> transform_;
};

/// Number of insertions, deletions, substitutions and swaps of neighbours (optimal string
/// alignment) that turn `left` into `right`, at most `bound` + 1: the count stops there. Compares
/// bytes; meant for folded names. O(|left| * bound).
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t bound);

}  // namespace relata
