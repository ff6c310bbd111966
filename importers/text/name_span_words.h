#pragma once
// Words that tell where a name begins and ends (name_spans.h). Pure functions; a look-up is a
// binary search.

#include <string_view>

namespace relata::text {

/// "people", "workers": possessors inside names ("Korean People's Army"), lower case.
bool is_kind_of_people(std::string_view word);

/// "State", "Defense": what a secretary is of.
bool is_department(std::string_view word);

/// "office", "department": what is called after the one who holds it.
bool is_office_noun(std::string_view lemma);

/// A small word inside a name with hyphens ("Stratford-upon-Avon"), and not one between two names.
bool is_link(std::string_view word);

/// "bin", "von": inside a person's name.
bool is_particle(std::string_view word);

/// "board", "ministry": bodies whose name goes on with "of", "for" or "on", lower case.
bool takes_complement(std::string_view word);

/// What only persons and bodies do: "say", "buy", "sign".
bool is_deed_of_bodies(std::string_view lemma);

/// "radio", "times": words of the names of media, lower case.
bool is_medium(std::string_view word);

}  // namespace relata::text
