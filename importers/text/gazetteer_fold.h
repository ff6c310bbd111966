#pragma once
// Folding of names: the form under which the gazetteer stores and finds them. Free functions
// without state; safe from any thread; linear in the text.

#include <string>
#include <string_view>

namespace relata::text {

/// `name` in lower case without marks: Latin letters lose their diacritics, apostrophes and full
/// stops vanish, every other punctuation mark becomes one blank, "&" becomes "and", a leading "the"
/// is dropped, and "st", "mt", "ft" before another word become "saint", "mount", "fort". Letters of
/// other scripts and bytes that are no UTF-8 are kept. scripts/build_gazetteer/container.py does
/// the same, so that keys agree.
std::string fold_name(std::string_view name);

/// Whether `name` has a letter and all its ASCII letters are capitals ("U.S.", "NATO").
bool is_all_capitals(std::string_view name);

}  // namespace relata::text
