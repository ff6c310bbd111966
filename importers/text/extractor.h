#pragma once
// The stages between the reader and the graph, in their order: mentions, coreference, predicates,
// static relations, events. Turns one annotated document into facts. Refers to the knowledge, which
// must outlive it; immutable and safe to use from any number of threads.

#include <vector>

#include "importers/text/chain_model.h"
#include "importers/text/chained_phrase.h"
#include "importers/text/document.h"
#include "importers/text/facts.h"
#include "importers/text/knowledge.h"
#include "importers/text/pronoun_advice.h"
#include "importers/text/speakers.h"
#include "importers/text/syntax.h"
#include "importers/text/world.h"

namespace relata::text {

class Extractor final {
 public:
  Extractor(const PredicateKnowledge& predicates, const NounKnowledge& nouns, const World& world,
            const ChainModel& chains, const Ontology& ontology)
      : predicates_(predicates),
        nouns_(nouns),
        world_(world),
        chains_(chains),
        ontology_(ontology) {}

  /// REQUIRES: `document` went through segmenter and reader.
  [[nodiscard]] DocumentFacts extract(const Document& document) const;

  /// All phrases that refer, with the chain of each, as a corpus of coreference would have them: in
  /// the order of the text, without phrases that only a link would have made a mention.
  /// REQUIRES: as extract().
  [[nodiscard]] std::vector<ChainedPhrase> chains(const Document& document) const;

 private:
  /// What the ranker of chains says of the pronouns among `entities`' mentions.
  [[nodiscard]] std::vector<PronounAdvice> advice(std::span<const SyntaxView> syntax,
                                                  const SpeakerMap& speakers,
                                                  Entities entities) const;

  const PredicateKnowledge& predicates_;
  const NounKnowledge& nouns_;
  const World& world_;
  const ChainModel& chains_;
  const Ontology& ontology_;
};

}  // namespace relata::text
