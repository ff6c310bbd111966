#pragma once
// The gender of persons whom the text calls by a given name, by where the name stands among the
// word vectors of models/coreference.rcm. Pure function of its arguments.

#include "importers/text/entity.h"
#include "importers/text/word_similarity.h"

namespace relata::text {

/// Fills the unknown `gender` of persons' names of two words or more. Cost linear in the mentions.
void tell_genders(Entities& entities, const WordSimilarity& words);

}  // namespace relata::text
