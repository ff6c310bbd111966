#pragma once
// Values of records as columns of a store, and back: lists of names and attributes as JSON, times
// and quantities with NULL for what is open or unknown. Used by the writing and the reading of
// rows.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/model.h"
#include "store/database.h"

namespace relata::store {

using Names = std::vector<std::string>;
using Attributes = std::vector<std::pair<std::string, std::string>>;

/// A mention as three numbers: row of the sentence, begin, end.
struct MentionRow {
  std::int64_t sentence = 0;
  TextSpan span;
};

/// ["a","b"].
std::string names_json(const Names& names);
Names names_from_json(std::string_view json, const Database& database);

/// {"key":"value","other":["one","two"]}; REQUIRES: sorted by key.
std::string attributes_json(const Attributes& attributes);
Attributes attributes_from_json(std::string_view json, const Database& database);

/// [[7,0,5],[9,12,17]].
std::string mentions_json(const std::vector<MentionRow>& mentions);
std::vector<MentionRow> mentions_from_json(std::string_view json, const Database& database);

std::optional<std::int64_t> time_from(const TimeSpan& time);
std::optional<std::int64_t> time_to(const TimeSpan& time);
/// Of columns from, to and precision, the first of which is `column`.
TimeSpan time_of(const Statement& row, int column);

std::optional<double> known_min(const Quantity* quantity);
std::optional<double> known_max(const Quantity* quantity);
std::optional<bool> known_approximate(const Quantity* quantity);

/// The value of an enumeration whose last value is `last`; throws InputError for any other.
template <class Enum>
Enum enum_of(std::int64_t value, Enum last, const Database& database);

[[noreturn]] void damaged(const Database& database, std::string_view what);

template <class Enum>
Enum enum_of(std::int64_t value, Enum last, const Database& database) {
  if (value < 0 || value > static_cast<std::int64_t>(last)) damaged(database, "an unknown value");
  return static_cast<Enum>(value);
}

}  // namespace relata::store
