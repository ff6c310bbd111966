#pragma once
// Counts and amounts in a sentence, with their bounds, units and the noun that they count: "over
// 3,000 troops", "between 20 and 30 rounds", "hundreds of thousands", "US$ 20,000", "5%", "no
// survivors". Rules over token forms; the counted noun is read off the tree where the reader filled
// it and off the words behind the number otherwise. Numbers that are dates, durations, ages, scores
// or part of a name ("Resolution 2254") are no quantities.
//
// Cost: linear in the tokens. No state; thread-safe.

#include <cstdint>
#include <string>
#include <vector>

#include "importers/text/document.h"

namespace relata::text {

/// An amount. `min` and `max` bound it; they are equal for an exact number.
struct Quantity {
  TokenSpan span;          ///< number with its modifiers ("more than", "$"), unit included
  std::int32_t head = -1;  ///< token of the counted noun; a number that stands for its noun ("two
                           ///< of them") is its own head; -1 when nothing is counted
  double min = 0;
  double max = 0;              ///< infinity when unbounded
  bool min_exclusive = false;  ///< "more than 3,000"
  bool max_exclusive = false;  ///< "fewer than 10"
  bool approximate = false;    ///< "about 80", "dozens"
  std::string unit;  ///< "%", an ISO 4217 code ("USD"), a unit of measure ("km"), "" for a count
};

/// The quantities of `sentence` in order; their spans do not overlap.
std::vector<Quantity> find_quantities(const Sentence& sentence);

}  // namespace relata::text
