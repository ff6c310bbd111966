#pragma once
// Relations that noun phrases state without a verb: roles ("X, the president of Y", "Ukrainian
// President X", "X is a member of Y"), nationality and possession ("Ukrainian forces", "Ukraine's
// GUR", "the UN Board of Inquiry"), and place ("Mecca, Saudi Arabia", "a loudspeaker in South
// Korea"). Works on one sentence at a time and appends to the document's facts.

#include <vector>

#include "importers/text/assertions.h"
#include "importers/text/facts.h"
#include "importers/text/knowledge.h"
#include "importers/text/syntax.h"

namespace relata::text {

/// Appends the static relations of sentence `index`. `embeddings` as predicate_facts found them.
void read_static_relations(const SyntaxView& tree, std::int32_t index, const NounKnowledge& nouns,
                           std::span<const Embedding> embeddings, DocumentFacts& facts);

}  // namespace relata::text
