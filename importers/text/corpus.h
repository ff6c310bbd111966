#pragma once
// One node for one thing over many texts. Each text's entities are joined with those of the others
// by what they are called: the gazetteer's entry; the same name up to spelling, titles and order; a
// short name or acronym that only one thing of the corpus bears. Things with one name stay apart
// when their types, countries or neighbours disagree (corpus_things.h). The curator has the last
// word. The result does not depend on the order of the texts.
//
// In three steps, each a file, which a store (store/joining) takes one by one for the names that a
// change touches: corpus_names.h looks at one text, corpus_groups.h at the occurrences of one name,
// corpus_joins.h at things of different names.
//
// Thread-safe; time grows with the entities times the logarithm of their number, as long as few
// different things share a name.

#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "importers/text/curator_rules.h"
#include "importers/text/document.h"
#include "importers/text/facts.h"
#include "importers/text/graph_writer.h"

namespace relata::text {

/// One decision to take what two texts tell of for one thing, and why.
struct MergeNote {
  std::string key;   ///< of the node
  std::string name;  ///< what `document` calls the thing that was joined to it
  std::string document;
  std::string reason;
  friend auto operator<=>(const MergeNote&, const MergeNote&) = default;
};

struct CorpusIdentities {
  std::vector<std::vector<NodeIdentity>> of_document;  ///< [document][entity]
  std::vector<MergeNote> log;                          ///< sorted by key, name and document
};

/// REQUIRES: `facts[i]` was read off `documents[i]`.
CorpusIdentities identify(std::span<const Document> documents, std::span<const DocumentFacts> facts,
                          const CuratorRules& rules);

}  // namespace relata::text
