#pragma once
// Which common nouns can take up one another: "the agency" after "the service". Pure function.

#include <string>

namespace relata::text {

/// True when both lemmas are the same or name the same sort of thing in news.
bool one_sort(const std::string& left, const std::string& right);

/// A word of a name that says of a body that it is no company: "union", "university".
bool is_no_firm(const std::string& word);

}  // namespace relata::text
