#pragma once
// The phrases of a text that refer to somebody or something, with what each is: names (by the
// reader and the gazetteer), noun phrases (by data/nouns.txt and the reader's mention types) and
// pronouns. Fills Entities::mentions and mention_at; coreference.h groups them.

#include <span>

#include "importers/text/document.h"
#include "importers/text/entity.h"
#include "importers/text/knowledge.h"
#include "importers/text/syntax.h"
#include "importers/text/world.h"

namespace relata::text {

/// The mentions of a document; `syntax[i]` views its sentence i. Pure function of its arguments;
/// cost linear in the tokens.
Entities find_entity_mentions(std::span<const SyntaxView> syntax, const NounKnowledge& nouns,
                              const World& world);

}  // namespace relata::text
