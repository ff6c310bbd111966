#pragma once
// What a name is in the world of the text: the kind, type, country and gazetteer entry of its
// mention. A capital that acts is its country, a body is that of the country beside it, a ship or
// hall is what the noun before it says. Pure functions of their arguments.

#include <string>

#include "importers/text/entity.h"
#include "importers/text/knowledge.h"
#include "importers/text/name_typing.h"
#include "importers/text/syntax.h"
#include "importers/text/world.h"

namespace relata::text {

/// Makes the mention one of a thing that the gazetteer knows.
void become(const World& world, const KnownThing& thing, EntityMention& mention);

/// Fills kind, type, country, canonical name and key of `mention`, a name of `tree` whose words,
/// head and text are set. `beside` is the country that a word beside the name tells, "" for none.
void classify_name(const SyntaxView& tree, const NounKnowledge& nouns, const World& world,
                   const NameTyping& typing, const Name& name, const std::string& beside,
                   EntityMention& mention);

/// The entry of a common noun that names a settlement or region ("town", "province"); null when
/// the token is none.
const NounEntry* settlement_noun(const SyntaxView& tree, const NounKnowledge& nouns,
                                 std::int32_t token);

}  // namespace relata::text
