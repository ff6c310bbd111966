#pragma once
// Spellings under which a word may stand in a dictionary that was made from American texts:
// "criticise" under "criticize", "labour" under "labor", "re-take" under "retake" or "take". Pure
// function.

#include <string>
#include <string_view>
#include <vector>

namespace relata::text {

/// Other spellings of `lemma` (lower case), the likeliest first; empty when there are none. What it
/// returns need not be a word: the caller looks it up.
std::vector<std::string> other_spellings(std::string_view lemma);

}  // namespace relata::text
