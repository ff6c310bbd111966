#pragma once
// Who speaks where: for every token, the mention of the one whose words it belongs to. Covers
// quotations (also those that go on over several sentences), statements that a colon introduces
// ("The minister said:"), and texts that speak for a body as a whole ("We condemn ..."). Needed to
// know whom "I" and "we" mean and to whom a quoted sentence is to be attributed.

#include <span>
#include <vector>

#include "importers/text/document.h"
#include "importers/text/entity.h"
#include "importers/text/knowledge.h"
#include "importers/text/syntax.h"

namespace relata::text {

/// Indices into Entities::mentions, -1 where the text itself speaks; [sentence][token].
using SpeakerMap = std::vector<std::vector<std::int32_t>>;

/// Cost: linear in the tokens. REQUIRES: `entities.mentions` and `.mention_at` are filled.
SpeakerMap find_speakers(const Document& document, std::span<const SyntaxView> syntax,
                         const PredicateKnowledge& predicates, const Entities& entities);

}  // namespace relata::text
