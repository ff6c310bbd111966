#pragma once
// One list of names from the network's several name taggers, each of which was trained on its own
// corpus with its own types. No state; usable from any thread.
//
// Rule. Every tagger votes for its spans with its weight times the span's probability. Votes for
// the very same words add up, for the span and for the coarse type that the tagger's type maps to.
// Spans are taken in order of their votes (then the longer, then the earlier one) as long as they
// do not overlap one already taken; a span that has less than a fifth of all possible votes is
// dropped, so that one tagger suffices that is more sure than not (chosen on the dev parts of UNER
// and GUM: a higher bar gains precision on the one and loses more recall on the other). The type is
// the one with most votes; its share of all possible votes is the name's score. The fine type is
// the most specific one that a tagger with an agreeing coarse type gives, with a probability of at
// least a half, to a span that ends with the same word.
//
// Coarse types: person, organization, place, event, product, norp (nationalities, religious and
// political groups), time, other. Fine types refine them: country, city, region, facility, water
// (place); party, politician, election, weapon and so on. A nationality is a "miscellaneous" name
// of adjectives, or of nouns that end like a people's name in the plural.

#include <string>
#include <string_view>
#include <vector>

#include "importers/text/document.h"

namespace relata::text {

/// A span as one tagger sees it.
struct NameVote {
  TokenSpan span;
  std::string_view type;  ///< the tagger's own label, "PER", "politician", "place"
  float probability = 0;
  float weight = 1;  ///< trust in the tagger
};

/// Merges the votes of taggers whose weights add up to `total_weight`. Result in order of position.
std::vector<Name> merge_names(const Sentence& sentence, const std::vector<NameVote>& votes,
                              float total_weight);

/// The coarse and the fine type that a tagger's label stands for; unknown labels are "other".
struct NameType {
  std::string_view coarse;
  std::string_view fine;
};
NameType name_type(std::string_view label);

}  // namespace relata::text
