#pragma once
// Numbers in words and digits over the tokens of a sentence: "2,000", "one hundred and five",
// "1.5 million", "half a million", "twenty-six", "3rd". Used for quantities and for times. Pure
// functions, thread-safe; cost linear in the tokens read.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/text/document.h"

namespace relata::text {

/// Forms of a sentence's tokens, ASCII letters in lower case, apostrophes straight.
std::vector<std::string> folded_forms(const Sentence& sentence);

/// A number that begins at some token.
struct NumberPhrase {
  double value = 0;
  std::size_t tokens = 0;  ///< how many tokens it takes
  bool digits = false;     ///< begins with digits
  bool grouped = false;    ///< digits with separators or a decimal point, so no year
  bool scaled = false;     ///< a word like "million" is part of it
};

/// Longest cardinal number that begins at `words[begin]`; none when no number begins there. "a" and
/// "an" count as 1 only before "hundred", "dozen" and the like.
std::optional<NumberPhrase> cardinal_at(const std::vector<std::string>& words, std::size_t begin);

/// Value of "3rd", "third", "twenty-first" at `words[begin]` (1 to 3 tokens).
std::optional<NumberPhrase> ordinal_at(const std::vector<std::string>& words, std::size_t begin);

/// Value of plain digits ("07", "1999"), at most nine of them.
std::optional<int> plain_digits(std::string_view word);

/// Value of digits with thousands separators and a decimal point ("2,000", "3.5", ".5").
std::optional<double> digits_value(std::string_view word);

}  // namespace relata::text
