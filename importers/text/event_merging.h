#pragma once
// Makes one event of the several words by which a text tells it: "captured", "the capture", "had
// detained". Two triggers of one type are the same event when they share a participant in the same
// role and nothing tells them apart (participants, place, time, polarity, modality), or when a
// definite noun takes up an event told before. Events without participants that nothing takes up
// are dropped, with the relations that end in them. An event is compared with the earlier ones of
// its type that share a participant with it (the nearest thousand) and, when it is definite, with
// those of the last sentences, so the cost is about linear in the events.

#include <span>

#include "importers/text/facts.h"
#include "importers/text/syntax.h"

namespace relata::text {

/// Rewrites `facts.events` and the ends of `facts.relations`. `syntax[i]` views sentence i.
void merge_events(std::span<const SyntaxView> syntax, DocumentFacts& facts);

}  // namespace relata::text
