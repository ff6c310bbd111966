#pragma once
// Makes the names of one text agree with each other before anybody asks which mean the same:
// acronyms mean what the text spells out, a short name is what the longer one is, and a name has
// one type throughout. Pure function; about linear in the names.

#include <vector>

#include "importers/text/entity.h"
#include "importers/text/world.h"

namespace relata::text {

/// Changes kind, type, country and gazetteer entry of names that the text as a whole tells
/// otherwise.
void settle_names(std::vector<EntityMention>& mentions, const World& world);

}  // namespace relata::text
