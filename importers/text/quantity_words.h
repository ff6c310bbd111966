#pragma once
// Word lists of the quantities: what bounds a number, round plural numbers, units, signs of
// currency. Words are looked up folded (number_words.h). Pure functions over constant tables,
// thread-safe.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace relata::text {

/// What words before a number say of its bounds.
enum class QuantityBound : std::uint8_t { none, least, above, most, below, about };

/// A phrase that bounds the number behind it.
struct BoundPhrase {
  std::string_view words;  ///< folded, with blanks between
  QuantityBound bound;
};

/// All such phrases; where one begins like another, the longer stands first.
std::span<const BoundPhrase> bound_phrases();

/// What a plural round number is taken to mean at the least and at the most.
struct VagueNumber {
  std::string_view word;
  double min = 0;
  double max = 0;
};

/// "dozens", "hundreds", ...
std::optional<VagueNumber> vague_number(std::string_view word);

/// ISO 4217 code of a sign or code before an amount ("$", "us$", "usd"), "" when it is none.
std::string_view currency_of(std::string_view word);

/// Unit of a word behind a number: "%", an ISO 4217 code, "km"; "" when it is none.
std::string_view unit_named(std::string_view word);

}  // namespace relata::text
