#pragma once
// One node for one thing over many texts. Each text's entities are joined with those of the others
// by what they are called: the gazetteer's key, the same name up to spelling (transliterations,
// diacritics, case), an acronym or short name that only one thing of the corpus bears. Things with
// one name stay apart when their kinds or countries disagree. The result does not depend on the
// order of the texts.

#include <span>
#include <string>
#include <vector>

#include "importers/text/curator_rules.h"
#include "importers/text/document.h"
#include "importers/text/facts.h"
#include "importers/text/graph_writer.h"

namespace relata::text {

/// One decision to take two names for one thing, and why.
struct MergeNote {
  std::string key;   ///< of the node
  std::string name;  ///< that was joined to it
  std::string document;
  std::string reason;
};

struct CorpusIdentities {
  std::vector<std::vector<NodeIdentity>> of_document;  ///< [document][entity]
  std::vector<MergeNote> log;                          ///< sorted by key, name and document
};

/// REQUIRES: `facts[i]` was read off `documents[i]`.
CorpusIdentities identify(std::span<const Document> documents, std::span<const DocumentFacts> facts,
                          const CuratorRules& rules);

/// A name's words reduced to what spellings of one name share: "Zelensky", "Zelenskyy", "Zelenskiy"
/// give the same.
std::string spelling_key(std::string_view name);

}  // namespace relata::text
