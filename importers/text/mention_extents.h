#pragma once
// Where a noun phrase begins and ends, given its head and the predicted tree. Which dependents
// belong to it is learned (training/coreference), because a tagged tree is wrong in regular ways
// and because guidelines draw the line by more than the relation's name: "the result of the
// election" is one phrase, "the election in May" often is not. Dependents are asked from the head
// outwards; the first one that does not belong ends the phrase on its side.

#include <cstdint>
#include <functional>

#include "importers/text/document.h"
#include "importers/text/feature_hash.h"
#include "importers/text/syntax.h"

namespace relata::text {

/// What the decision about dependent `child` of `head` looks at. `begin` and `end` are the phrase
/// so far. Cost O(children of head).
void extent_features(const SyntaxView& tree, std::int32_t head, std::int32_t child, TokenSpan sofar,
                     FeatureList& features);

/// The phrase of `head`: grows over its dependents on each side while `belongs` says so. Marks of
/// punctuation between two dependents that belong are inside; at the ends they are not.
TokenSpan grow_extent(const SyntaxView& tree, std::int32_t head,
                      const std::function<bool(std::int32_t child, TokenSpan sofar)>& belongs);

}  // namespace relata::text
