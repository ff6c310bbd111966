#pragma once
// Offices told without their country: "President Vladimir Putin" is that of Russia, and in a text
// that speaks of one country alone the minister is that country's. Only countries that the text
// names count. Appends to the document's facts.

#include <span>

#include "importers/text/facts.h"
#include "importers/text/syntax.h"
#include "importers/text/world.h"

namespace relata::text {

/// REQUIRES: all other relations of the document are found. Cost linear in its mentions.
void add_known_offices(std::span<const SyntaxView> syntax, const World& world,
                       DocumentFacts& facts);

}  // namespace relata::text
