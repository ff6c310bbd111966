#pragma once
// Which mentions of one text mean the same thing. Passes from the surest to the least sure (names,
// their short forms and acronyms, apposition, repeated and hypernym nominals, pronouns), after Lee
// et al. 2013, "Deterministic coreference resolution based on entity-centric, precision-ranked
// rules"; a pass merges only what no earlier one keeps apart. Pure function of its arguments; cost
// O(mentions x window): nouns look 250 sentences back, pronouns three.

#include <span>
#include <string>
#include <vector>

#include "importers/text/document.h"
#include "importers/text/entity.h"
#include "importers/text/pronoun_advice.h"
#include "importers/text/speakers.h"
#include "importers/text/syntax.h"

namespace relata::text {

/// Fills `entity` of every mention and `entities.entities`, in the order of first mention.
/// `syntax[i]` views sentence i; `speakers` tells whom the first person means.
/// `advice` for each mention, when not empty, goes before the rules for pronouns.
/// REQUIRES: `entities.mentions` is in the order of the text and `mention_at` is filled.
void resolve_coreference(std::span<const SyntaxView> syntax, const SpeakerMap& speakers,
                         Entities& entities, std::span<const PronounAdvice> advice = {});

}  // namespace relata::text
