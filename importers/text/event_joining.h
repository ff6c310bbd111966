#pragma once
// One node for one event over many texts. An event of a later text joins one of another text when
// type, time, place and participants agree and nothing contradicts: both are told or both denied,
// planned or possible; both are dated to the same day or two; who and what they name in a role that
// both fill is the same; and at least two of the named participants (the place among them) are
// shared. What happens to somebody only once may be dated more loosely: a death, whoever dies; an
// arrest, an appointment, a departure within the same month. Events without a date join nothing,
// deaths and named wars excepted. Two events of one text never become one here (event_merging.h has
// decided on them). The result does not depend on the order of the texts.
//
// Pure function, thread-safe; time grows with the events times the logarithm of their number, for
// texts that do not all tell of one participant and day.

#include <span>
#include <vector>

#include "importers/text/corpus.h"
#include "importers/text/curator_rules.h"
#include "importers/text/document.h"
#include "importers/text/facts.h"
#include "importers/text/graph_writer.h"

namespace relata::text {

struct CorpusEvents {
  std::vector<std::vector<EventIdentity>> of_document;  ///< [document][event]
  std::vector<MergeNote> log;                           ///< sorted by key, name and document
};

/// REQUIRES: `facts[i]` was read off `documents[i]`, and `identities[i]` says which nodes its
/// entities are. The curator's `split "NAME" in "DOCUMENT"` keeps the events of that name apart.
CorpusEvents identify_events(std::span<const Document> documents,
                             std::span<const DocumentFacts> facts,
                             std::span<const std::vector<NodeIdentity>> identities,
                             const CuratorRules& rules);

}  // namespace relata::text
