#pragma once
// Speech and embeddings of the knowledge file in the words of assertions.h and of the ontology.
// Pure functions.

#include <string>

#include "importers/text/assertions.h"
#include "importers/text/knowledge.h"

namespace relata::text {

/// How the one who speaks stands behind what he says.
Strength strength_of(SpeechStrength strength);

/// What a clause under a predicate of that modality is.
Embedding::Kind embedding_kind(ContentModality modality);

/// The speech asks, promises or threatens: its content has not happened.
bool orders(SpeechStrength strength);

/// The relation between a speaker and the event that he speaks of; "" for speech that reports
/// nothing.
std::string speech_relation(SpeechStrength strength);

}  // namespace relata::text
