#pragma once
// The frequent function words of the languages that importers/language.h tells apart.

#include <span>
#include <string_view>

namespace relata {

struct LanguageWords {
  std::string_view code;   ///< BCP 47
  std::string_view name;   ///< in English
  std::string_view words;  ///< lower case, separated by blanks
};

/// Languages in Latin and Cyrillic letters. English is the first.
std::span<const LanguageWords> language_words();

}  // namespace relata
