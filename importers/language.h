#pragma once
// Which language a text is in, so that one that is not English is told and not turned into
// nonsense. By its letters: a text mostly in a script other than the Latin one is in a language of
// that script; one in Latin or Cyrillic letters is in the language whose function words (articles,
// prepositions, pronouns, conjunctions: importers/language_words.cpp) it holds most. Function words
// are a third to a half of running text in the languages listed and short, so that a few sentences
// suffice. No state, safe from any thread, linear in the first 64 KiB of the text, of which no more
// is looked at.

#include <string>
#include <string_view>

#include "importers/importer.h"

namespace relata {

struct LanguageGuess {
  std::string code;    ///< BCP 47, "de"; "und" for one that is none of those listed and not
                       ///< English, "" when the text is too short or mixed to tell
  std::string name;    ///< "German"
  double share = 0;    ///< of the text's words, those that are function words of that language
  double english = 0;  ///< likewise, of English
};

LanguageGuess guess_language(std::string_view text);

/// "German" for "de" and "de-AT"; "" when it is none of those listed.
std::string language_name(std::string_view code);

/// Passes on the articles in English, and those too short to tell unless they state another
/// language. The others go to `others` with the language's name and their `metadata.language` set.
using ForeignSink = std::function<void(text::Document&& document, const std::string& language)>;
ArticleSink only_english(ArticleSink next, ForeignSink others);

}  // namespace relata
