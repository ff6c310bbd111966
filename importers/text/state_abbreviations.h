#pragma once
// The states of the United States as news abbreviates them behind towns: "Pasadena, Calif.". Pure
// function; a look-up is a binary search.

#include <string_view>

namespace relata::text {

/// "California" for "Calif."; the text itself when it is no such abbreviation.
std::string_view full_state(std::string_view text);

}  // namespace relata::text
