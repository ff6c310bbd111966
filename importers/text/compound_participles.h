#pragma once
// Participles between a name and a noun that state a relation of the two: "U.S.-backed rebels",
// "the Madrid-based fund". Pure function; a look-up compares about thirty words.

#include <string_view>

namespace relata::text {

/// What a participle between a name and a noun says of the two: "U.S.-backed rebels".
struct CompoundParticiple {
  std::string_view form;
  std::string_view lemma;
  std::string_view relation;
  bool doer_first;  ///< the name is the relation's source
  bool place;       ///< the name is a place
};

/// The entry for a word whose lemma or form it is; null when there is none.
const CompoundParticiple* compound_participle(std::string_view lemma, std::string_view form);

}  // namespace relata::text
