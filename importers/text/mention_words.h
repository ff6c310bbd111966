#pragma once
// Closed classes of words that say something of whom a mention means: pronouns, and nouns and
// titles that tell a gender. Pure functions.

#include <string_view>

#include "importers/text/entity.h"

namespace relata::text {

/// What a pronoun says of its referent.
struct PronounFacts {
  std::string_view noun;  ///< the nominative, for agreement
  EntityKind kind;
  std::string_view type;
  Gender gender;
  bool plural;
  int person;
};

/// What the pronoun `form` (lower case) says; null when it is none that can refer.
const PronounFacts* pronoun_facts(std::string_view form);

/// The gender that a noun or title (lower case) tells: "chairwoman", "mr.".
Gender gender_of_word(std::string_view word);

}  // namespace relata::text
