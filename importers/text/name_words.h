#pragma once
// The words of a name, as names are compared with each other and with acronyms. Pure functions,
// thread-safe, linear in the name.

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace relata::text {

/// Words of a name for comparison: lower case, no dots, no possessive, split at blanks and hyphens.
std::vector<std::string> name_words(std::string_view name);

/// The letters of an acronym in lower case, without its dots: "nis" of "N.I.S."; "" when the text
/// has anything else than capitals and dots.
std::string acronym_letters(std::string_view text);

/// True when `acronym` is made of the initials of `words` (small words may be skipped): "NIS",
/// "National Intelligence Service".
bool is_acronym_of(std::string_view acronym, const std::vector<std::string>& words);

/// The acronyms that `words` may have, in lower case: of all their initials, and without the small
/// words'. Shorter ones than two letters are left out.
std::set<std::string> acronyms_of(const std::vector<std::string>& words);

}  // namespace relata::text
