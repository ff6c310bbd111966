#pragma once
// What a speaker wants or denies that no single predicate states: "Iran must stop, the minister
// said" is a demand of the minister's on Iran; "the company denied these allegations" denies what
// was alleged in the sentences before. Runs when speakers and the facts of all sentences are known,
// before events are merged. Cost: linear in tokens and events.

#include <span>
#include <vector>

#include "importers/text/facts.h"
#include "importers/text/knowledge.h"
#include "importers/text/predicate_facts.h"
#include "importers/text/speakers.h"
#include "importers/text/syntax.h"

namespace relata::text {

/// Adds the relations "demanded from" and "denied" that the speakers' stances imply.
void add_stances(std::span<const SyntaxView> syntax, const SpeakerMap& speakers,
                 std::span<const SentenceFrames> frames, const NounKnowledge& nouns,
                 DocumentFacts& facts);

}  // namespace relata::text
