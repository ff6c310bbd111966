#pragma once
// Events and relations that predicates state, by data/predicates.txt: for each verb, event noun or
// adjective the first entry whose conditions hold says which event it makes, who plays which role,
// and which direct relations stand beside it. Also who says what (speech), and what is only
// planned, possible or denied (embeddings). Works on one sentence at a time and appends to the
// document's facts.

#include <span>
#include <vector>

#include "importers/text/assertions.h"
#include "importers/text/entity.h"
#include "importers/text/facts.h"
#include "importers/text/knowledge.h"
#include "importers/text/participants.h"
#include "importers/text/syntax.h"
#include "importers/text/time_expressions.h"

namespace relata::text {

/// A predicate of the sentence with the entry that was taken for it.
struct Frame {
  PredicateSite site;
  const PredicateEntry* entry = nullptr;
  std::string key;          ///< "capture.01" or "n:casualty", for `rule`
  std::int32_t event = -1;  ///< index into DocumentFacts::events
  bool absorbed = false;    ///< a light verb: its noun tells the event
};

/// What later passes need to know of a sentence's predicates.
struct SentenceFrames {
  std::vector<Frame> frames;
  std::vector<Embedding> embeddings;
};

class PredicateFacts final {
 public:
  PredicateFacts(const PredicateKnowledge& predicates, const NounKnowledge& nouns)
      : predicates_(predicates), nouns_(nouns) {}

  /// Appends the events and relations of sentence `index` to `facts`. Assertions' speakers are
  /// entities. `times` are the sentence's expressions of time. Events are made for every trigger,
  /// also those without a participant: event_merging decides which of them stay. Returns the
  /// frames.
  SentenceFrames read(const SyntaxView& tree, std::int32_t index,
                      std::span<const TimeExpression> times, DocumentFacts& facts) const;

 private:
  const PredicateKnowledge& predicates_;
  const NounKnowledge& nouns_;
};

}  // namespace relata::text
